package io.showreel.system.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsPageTest {

    private static final Pattern METER = Pattern.compile("\"(showreel(?:\\.[a-z]+)+)\"");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+|up)\\b(?=[{\\[) ]|$)");
    private static final Set<String> FUNCTIONS = Set.of("histogram_quantile", "label_replace");

    private final MetricsPage page = new MetricsPage();

    @Test
    void every_meter_of_the_code_is_on_the_page_and_every_row_is_a_meter() {
        var meters = new TreeSet<String>();
        Stream.of(
                        "infra/messaging",
                        "asset-service",
                        "gateway-service",
                        "render-service",
                        "selection-service",
                        "stitch-service")
                .flatMap(module -> Tree.allFiles(module + "/src/main/java", ".java").stream())
                .map(file -> Tree.read(file.toString()))
                .filter(source -> source.contains("io.micrometer") || source.contains("SampledGauge"))
                .flatMap(source -> METER.matcher(source).results())
                .forEach(found -> meters.add(found.group(1).replace('.', '_')));
        assertThat(meters).isNotEmpty().allSatisfy(meter -> assertThat(page.own())
                .as(meter)
                .anyMatch(row -> row.matches(meter + "(_seconds|_usd|_ratio)?(_total)?")));
        assertThat(page.own()).allSatisfy(row -> assertThat(meters)
                .as(row)
                .anyMatch(meter -> row.matches(meter + "(_seconds|_usd|_ratio)?(_total)?")));
    }

    @Test
    void alerts_look_at_what_is_on_the_page() {
        var rules = Manifests.maps(Tree.yaml("infra/observability/prometheus/alerts.yaml"), "groups").stream()
                .flatMap(group -> Manifests.maps(group, "rules").stream())
                .toList();
        assertThat(rules)
                .hasSizeGreaterThan(10)
                .allSatisfy(rule -> known(rule.get("expr").toString()));
    }

    @Test
    void every_alert_is_explained_to_whoever_it_wakes() {
        var page = Tree.read("docs/operations.md");
        Manifests.maps(Tree.yaml("infra/observability/prometheus/alerts.yaml"), "groups").stream()
                .flatMap(group -> Manifests.maps(group, "rules").stream())
                .map(rule -> rule.get("alert").toString())
                .forEach(alert -> assertThat(page)
                        .as(alert)
                        .containsPattern("### " + alert + "\\n(.*\\n)*?1\\. .+\\n2\\. .+\\n3\\. .+\\n"));
    }

    @Test
    void dashboards_look_at_what_is_on_the_page() {
        var json = JsonMapper.builder().build();
        var files = Tree.files("infra/observability/grafana/dashboards", ".json");
        assertThat(files).hasSize(3);
        for (var file : files) {
            var dashboard = json.readTree(Tree.read(file.toString()));
            assertThat(file).hasFileName(dashboard.path("uid").asString() + ".json");
            var panels = dashboard
                    .path("panels")
                    .valueStream()
                    .filter(panel -> panel.has("targets"))
                    .toList();
            assertThat(panels).isNotEmpty();
            for (JsonNode panel : panels) {
                assertThat(panel.path("title").asString()).isNotBlank();
                assertThat(panel.path("description").asString()).isNotBlank();
                panel.path("targets")
                        .forEach(target -> known(target.path("expr").asString()));
            }
        }
    }

    private void known(String expression) {
        var bare = expression.replaceAll("\"[^\"]*\"", "\"\"").replaceAll("\\{[^}]*}", "{}");
        var names = SELECTOR.matcher(bare)
                .results()
                .map(found -> MetricsPage.metric(found.group(1)))
                .filter(name -> !FUNCTIONS.contains(name))
                .toList();
        assertThat(names).as(expression).isNotEmpty();
        assertThat(names)
                .allSatisfy(name -> assertThat(page.all()).as(expression).contains(name));
    }
}
