package io.showreel.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

    private static final List<String> SERVICES = List.of("gateway", "selection", "render", "stitch", "asset");
    private static final List<String> LIBRARIES = List.of("messaging", "objects", "web");

    private static JavaClasses showreel;

    @BeforeAll
    static void read_all_modules() {
        showreel = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.showreel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "selection", "render", "stitch", "asset"})
    void a_service_knows_no_other_service(String service) {
        var others = SERVICES.stream()
                .filter(other -> !other.equals(service))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(service))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(showreel);
    }

    @Test
    void libraries_know_no_business_word() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        LIBRARIES.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packageOf("contracts"))
                .check(showreel);
    }

    @Test
    void contracts_are_words_without_behaviour() {
        classes()
                .that()
                .resideInAPackage(packageOf("contracts"))
                .should(be(record_enum_or_interface()))
                .check(showreel);
    }

    @Test
    void deciders_know_no_framework() {
        noClasses()
                .that()
                .haveSimpleName("Job")
                .or()
                .haveSimpleName("Take")
                .or()
                .haveSimpleName("Assembly")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "reactor..", "io.r2dbc..", "org.apache.kafka..")
                .check(showreel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "selection", "render", "stitch", "asset"})
    void features_of_a_service_form_no_cycle(String service) {
        slices().matching("io.showreel." + service + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(showreel);
    }

    private static String packageOf(String module) {
        return "io.showreel." + module + "..";
    }

    private static DescribedPredicate<JavaClass> record_enum_or_interface() {
        return DescribedPredicate.describe(
                "a record, an enum or an interface",
                type -> type.isRecord() || type.isEnum() || type.isInterface() || type.isNestedClass());
    }

    private static com.tngtech.archunit.lang.ArchCondition<JavaClass> be(DescribedPredicate<JavaClass> kind) {
        return com.tngtech.archunit.lang.conditions.ArchConditions.be(kind);
    }
}
