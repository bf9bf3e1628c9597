package io.showreel.system.operate;

import io.showreel.local.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates {@code docs/configuration.md} and the list of variables that services know. */
final class ConfigurationPage {

    static final String PAGE = "docs/configuration.md";
    static final String LIST = "infra/observability/src/main/resources/io/showreel/observability/variables.txt";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+):([^}]*)}");
    private static final Pattern SWITCH = Pattern.compile("SHOWREEL_[A-Z_]+[A-Z]");

    private static final Map<String, String> OWNERS = new TreeMap<>(Map.of(
            "asset", "asset-service",
            "gateway", "gateway-service",
            "messaging", "Messaging: every service but selection-service",
            "objects", "Objects: asset-, gateway-, render- and stitch-service",
            "observability", "Observability: every service",
            "render", "render-service",
            "selection", "selection-service",
            "stitch", "stitch-service",
            "web", "Web: asset- and gateway-service"));

    private final List<Setting> settings = Setting.all();
    private final Map<String, TreeSet<String>> placeholders = new TreeMap<>();

    ConfigurationPage() {
        for (var service : Tree.SERVICES) {
            var found = PLACEHOLDER.matcher(Tree.read(service + "-service/src/main/resources/application.yaml"));
            while (found.find()) {
                placeholders
                        .computeIfAbsent(found.group(1) + "|" + found.group(2), name -> new TreeSet<>())
                        .add(service + "-service");
            }
        }
    }

    List<Setting> settings() {
        return settings;
    }

    /** The variables that an application.yaml names itself. */
    List<String> named() {
        return placeholders.keySet().stream()
                .map(key -> key.split("\\|")[0])
                .distinct()
                .toList();
    }

    String page() {
        var page = new ArrayList<String>();
        page.add("""
            # Configuration

            Generated from the code; a test fails when it is stale. `./mvnw verify -pl system-test -Dtest=ConfigurationPageTest -Dshowreel.configuration.write=true` writes it anew.

            A setting is a property of a service (`--showreel.start.delay=2s`) or, as below, an environment variable. A duration is written `250ms`, `10s`, `5m` or `24h`, a size `64MB`. A variable that begins with `SHOWREEL_` and is not on this page ends the start of every service with its name: a misspelt setting is never silently none.

            ## Short names

            | variable | default | read by |
            |---|---|---|\
            """);
        placeholders.forEach((key, services) -> {
            var parts = key.split("\\|", 2);
            page.add("| `%s` | %s | %s |".formatted(parts[0], code(parts[1]), String.join(", ", services)));
        });
        page.add("");
        page.add("""
            ## Spring's own, as every deployment sets them

            | variable | meaning |
            |---|---|
            | `SPRING_R2DBC_URL`, `SPRING_R2DBC_USERNAME`, `SPRING_R2DBC_PASSWORD` | the service's own database, as `r2dbc:postgresql://host:5432/gateway` |
            | `SPRING_FLYWAY_URL`, `SPRING_FLYWAY_USER`, `SPRING_FLYWAY_PASSWORD` | the same database, as `jdbc:postgresql://...`; used at the start, and by render-service's token bucket |
            | `SPRING_KAFKA_BOOTSTRAPSERVERS` | the brokers |
            | `SERVER_PORT` | where the service listens |
            | `MANAGEMENT_SERVER_PORT` | where health and metrics are served instead; set it wherever others reach the service's own port |
            | `OTEL_EXPORTER_OTLP_ENDPOINT` | where spans are sent, as `http://collector:4318`; without it nothing is traced |
            | `MANAGEMENT_TRACING_SAMPLING_PROBABILITY` | the share of requests whose trace is kept; 1.0 by default |
            | `LOGGING_STRUCTURED_FORMAT_CONSOLE` | `ecs` writes each line as JSON; without it lines are for people |
            """);
        OWNERS.forEach((owner, title) -> {
            var own = settings.stream()
                    .filter(setting -> setting.owner().equals(owner))
                    .toList();
            if (own.isEmpty()) {
                return;
            }
            page.add("## " + title);
            page.add("");
            page.add("| variable | default | meaning |");
            page.add("|---|---|---|");
            own.forEach(setting -> page.add("| `%s` | %s | %s |"
                    .formatted(setting.variable(), code(setting.value()), inCell(setting.description()))));
            page.add("");
        });
        page.add("A `*` stands for the parts of a value: `SHOWREEL_APIKEYS_0_NAME`, `SHOWREEL_APIKEYS_0_SHA256`,"
                + " `SHOWREEL_APIKEYS_0_CLIENTIDS`.");
        page.add("");
        page.add("The switches of the local run are in [infra/local](../infra/local/README.md), those of the provider"
                + " sandbox in [infra/provider-sandbox](../infra/provider-sandbox/README.md).");
        return String.join("\n", page) + "\n";
    }

    /** Everything that may begin with SHOWREEL_. */
    String variables() {
        var ofSettings = settings.stream().map(Setting::variable);
        var ofPorts = Settings.DEFAULT_PORTS.keySet().stream().map(Settings::portVariable);
        var ofTheLauncher =
                SWITCH.matcher(Tree.read("infra/local/README.md")).results().map(found -> found.group());
        return "# Generated together with docs/configuration.md.\n"
                + Stream.of(ofSettings, ofPorts, ofTheLauncher, named().stream())
                        .flatMap(names -> names)
                        .filter(name -> name.startsWith("SHOWREEL_"))
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static String code(@Nullable String value) {
        return value == null || value.isBlank() ? "none" : "`" + value + "`";
    }

    private static String inCell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
