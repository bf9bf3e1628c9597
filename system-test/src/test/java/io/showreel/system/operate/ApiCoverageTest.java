package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of paths and their tests speaks of all paths that there are, and of no test that there is not. */
class ApiCoverageTest {

    private static final String PAGE = "docs/api-coverage.md";
    private static final String ELSEWHERE = "## Routed";
    private static final String API = "/api/v3";
    private static final String WEB = "org.springframework.web.bind.annotation.";

    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+) ([^`]+)` \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private static final String page = Tree.read(PAGE);

    @Test
    void every_operation_has_its_row_and_no_row_is_of_none() {
        var own = page.substring(0, page.indexOf(ELSEWHERE));

        assertThat(rows(own).keySet()).containsExactlyInAnyOrderElementsOf(operations());
    }

    @Test
    void every_test_is_there_and_speaks_of_the_path() {
        var sources = sources();

        rows(page).forEach((operation, tests) -> {
            assertThat(tests).as(operation).isNotEmpty();
            for (var test : tests) {
                var source = sources.getOrDefault(test.getFirst(), "");
                assertThat(source.contains("void " + test.getLast() + "("))
                        .as("there is %s.%s", test.getFirst(), test.getLast())
                        .isTrue();
                assertThat(withHelpers(source, sources).anyMatch(text -> text.contains(lastWord(operation))))
                        .as("%s speaks of %s", test.getFirst(), operation)
                        .isTrue();
            }
        });
    }

    /** The test, and whatever is no test but named in it. */
    private static Stream<String> withHelpers(String test, Map<String, String> sources) {
        return Stream.concat(
                Stream.of(test),
                sources.entrySet().stream()
                        .filter(source -> !source.getKey().endsWith("Test") && test.contains(source.getKey()))
                        .map(Map.Entry::getValue));
    }

    /** Class and method of each test, by the operation. */
    private static Map<String, List<List<String>>> rows(String text) {
        var rows = new LinkedHashMap<String, List<List<String>>>();
        var row = ROW.matcher(text);
        while (row.find()) {
            var tests = new ArrayList<List<String>>();
            var test = TEST.matcher(row.group(3));
            while (test.find()) {
                tests.add(List.of(test.group(1), test.group(2)));
            }
            assertThat(rows.put(operation(row.group(1), row.group(2)), tests))
                    .as(row.group())
                    .isNull();
        }
        return rows;
    }

    private static String operation(String method, String path) {
        return method + " " + path.replaceAll("\\{[^}]*}", "{}");
    }

    private static String lastWord(String operation) {
        return Stream.of(operation.split("/"))
                .filter(word -> !word.equals("{}"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static Map<String, String> sources() {
        var sources = new HashMap<String, String>();
        for (var module : List.of("gateway-service", "asset-service", "system-test")) {
            for (var file : Tree.allFiles(module + "/src/test/java", ".java")) {
                try {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return sources;
    }

    /** What the controllers of the services answer to. */
    private static TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        var controllers = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.showreel.gateway", "io.showreel.asset")
                .that(DescribedPredicate.describe(
                        "are controllers", type -> type.isAnnotatedWith(WEB + "RestController")));
        for (var controller : controllers) {
            var common = mapping(controller);
            for (var method : controller.getMethods()) {
                for (var annotation : method.getAnnotations()) {
                    for (var verb : verbs(annotation, common)) {
                        for (var base : common == null ? List.of("") : paths(common)) {
                            for (var path : paths(annotation)) {
                                operations.add(operation(verb, base + path));
                            }
                        }
                    }
                }
            }
        }
        operations.removeIf(operation -> !operation.contains(" " + API + "/"));
        return operations;
    }

    private static JavaAnnotation<JavaClass> mapping(JavaClass controller) {
        return controller.tryGetAnnotationOfType(WEB + "RequestMapping").orElse(null);
    }

    private static List<String> verbs(JavaAnnotation<JavaMethod> annotation, JavaAnnotation<JavaClass> common) {
        var name = annotation.getRawType().getSimpleName();
        if (!annotation.getRawType().getPackageName().equals(WEB.substring(0, WEB.length() - 1))
                || !name.endsWith("Mapping")) {
            return List.of();
        }
        if (!name.equals("RequestMapping")) {
            return List.of(name.replace("Mapping", "").toUpperCase(Locale.ROOT));
        }
        var own = methods(annotation);
        return own.isEmpty() && common != null ? methods(common) : own;
    }

    private static List<String> methods(JavaAnnotation<?> mapping) {
        return values(mapping, "method")
                .map(method -> ((JavaEnumConstant) method).name())
                .toList();
    }

    private static List<String> paths(JavaAnnotation<?> mapping) {
        var paths = Stream.of("value", "path")
                .flatMap(name -> values(mapping, name))
                .map(String.class::cast)
                .toList();
        return paths.isEmpty() ? List.of("") : paths;
    }

    private static Stream<Object> values(JavaAnnotation<?> mapping, String name) {
        return Stream.of((Object[]) mapping.get(name).orElse(new Object[0]));
    }
}
