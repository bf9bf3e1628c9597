package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.contracts.Topics;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeTest {

    private static final String FILE = "docker-compose.yml";
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z0-9_]+)(:-[^}]*)?}");
    private static final Pattern PINNED = Pattern.compile(
            "[^:@]+:[^:@]*\\d+\\.\\d+[^:@]*(@sha256:[0-9a-f]{64})?" + "|[^:@]+:RELEASE\\.[^:@]+@sha256:[0-9a-f]{64}");
    private static final List<String> UIS = List.of("kafka-ui", "prometheus", "grafana");

    private static final Map<String, Map<String, Object>> PARTS = section(Tree.yaml(FILE), "services");

    static List<String> services() {
        return Tree.SERVICES;
    }

    @Test
    void every_image_is_ours_or_pinned() {
        PARTS.forEach((name, part) -> {
            var image = part.get("image").toString();
            if (part.containsKey("build")) {
                assertThat(image).startsWith("showreel/").endsWith(":${SHOWREEL_VERSION}");
            } else {
                assertThat(image).as(name).matches(PINNED).doesNotContain("latest");
            }
        });
    }

    @Test
    void base_images_are_pinned_by_digest() {
        assertThat(Tree.read("Dockerfile").lines().filter(line -> line.matches("ARG J(DK|RE)_IMAGE=.*")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).matches(".*:25-j(dk|re)@sha256:[0-9a-f]{64}"));
    }

    @Test
    void every_variable_is_documented_and_every_documented_one_is_read() {
        var read = VARIABLE.matcher(Tree.read(FILE))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        PARTS.values().forEach(part -> environment(part).forEach((name, value) -> {
            if (value == null) {
                read.add(name);
            }
        }));
        read.add("COMPOSE_PROFILES");
        var documented = Tree.read(".env.example")
                .lines()
                .filter(line -> line.matches("#?[A-Z0-9_]+=.*"))
                .map(line -> line.substring(line.startsWith("#") ? 1 : 0, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(read);
    }

    @Test
    void no_secret_stands_in_the_file() {
        PARTS.forEach((name, part) -> environment(part).forEach((variable, value) -> {
            if (variable.matches(".*(PASSWORD|SECRET|KEY|SHA256)$") && value != null) {
                assertThat(value).as(name + " " + variable).matches("\\$\\{[A-Z0-9_]+}");
            }
        }));
    }

    @Test
    void only_the_gateway_and_the_uis_are_published_and_on_this_machine_alone_by_default() {
        PARTS.forEach((name, part) -> {
            if (part.get("ports") instanceof List<?> ports) {
                assertThat(name)
                        .isIn(Stream.concat(Stream.of("gateway-service"), UIS.stream())
                                .toList());
                assertThat(ports).allSatisfy(port -> assertThat(port.toString()).startsWith("${PUBLISH_ADDRESS}:"));
            }
        });
        assertThat(Tree.read(".env.example")).contains("\nPUBLISH_ADDRESS=127.0.0.1\n", "\nKAFKA_UI_PORT=8085\n");
    }

    @Test
    void everything_has_limits_and_comes_back() {
        PARTS.forEach((name, part) -> {
            assertThat(part).as(name).containsKeys("mem_limit", "cpus", "restart");
            if (part.containsKey("build")) {
                assertThat(part.get("read_only")).as(name).isEqualTo(true);
                assertThat(part.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
                assertThat(part).as(name).containsKeys("healthcheck", "stop_grace_period");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_told_only_what_it_knows(String service) {
        var settings = Setting.all().stream().map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
        settings.addAll(new ConfigurationPage().named());
        settings.addAll(SpringVariables.KNOWN);
        assertThat(environment(PARTS.get(service + "-service")).keySet()).allSatisfy(variable -> assertThat(settings)
                .as(variable)
                .anyMatch(known -> known.endsWith("*")
                        ? variable.startsWith(known.substring(0, known.length() - 1))
                        : variable.equals(known)));
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_found_where_it_listens(String service) {
        var port = Ports.of(service);
        var url = environment(PARTS.get("gateway-service")).get("SHOWREEL_" + service.toUpperCase() + "URL");
        if (url != null) {
            assertThat(url).isEqualTo("http://%s-service:%d", service, port);
        }
        if (service.equals("gateway")) {
            assertThat(PARTS.get("gateway-service").get("ports").toString()).contains(":" + port + "]");
        }
    }

    @Test
    void prometheus_looks_where_the_services_show_their_metrics() {
        var targets = Tree.SERVICES.stream()
                .map(service -> "          - %s-service:%s\n"
                        .formatted(
                                service,
                                environment(PARTS.get(service + "-service")).get("MANAGEMENT_SERVER_PORT")))
                .collect(Collectors.joining());
        assertThat(Tree.read("infra/observability/prometheus/prometheus.yaml")).contains(targets);
    }

    @Test
    void the_topics_are_those_of_the_contracts() throws Exception {
        var names = new TreeSet<String>();
        for (var field : Topics.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof String topic) {
                names.add(topic);
            }
        }
        var script = Tree.read("infra/compose/kafka/topics.sh");
        var created = Pattern.compile("for topic in ([^;]+);").matcher(script);
        assertThat(created.find()).isTrue();
        assertThat(new TreeSet<>(Arrays.asList(created.group(1).split(" ")))).isEqualTo(names);
        assertThat(script).contains("--partitions " + Topics.PARTITIONS + " ");
    }

    @Test
    void docker_compose_accepts_the_file(@TempDir Path folder) throws Exception {
        var compose = Tool.find("docker-compose", "Debian's package docker-compose");
        var environment = folder.resolve("env");
        Files.writeString(environment, Tree.read(".env.example").replaceAll("(?m)^([A-Z0-9_]+)=$", "$1=chosen"));
        var result = compose.run(Tree.ROOT, "--env-file", environment.toString(), "config", "--quiet");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain("is not set");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> section(Map<String, Object> file, String name) {
        return (Map<String, Map<String, Object>>) file.get(name);
    }

    private static Map<String, String> environment(Map<String, Object> part) {
        var variables = new TreeMap<String, String>();
        if (part.get("environment") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> variables.put(name.toString(), value == null ? null : value.toString()));
        }
        return variables;
    }
}
