package io.showreel.local;

import io.showreel.observability.Variables;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the environment says about the local run.
 *
 * @param root of the source tree, where the modules were built
 * @param home where all data, logs and pid files are kept between runs
 * @param ports of all parts, by name
 * @param replicas how often each service runs
 * @param sample whether the sample campaign is filmed
 * @param exitAfterSample whether everything ends then
 * @param sandbox whether the provider sandbox stands in for the paid providers
 * @param javaOptions further options for the JVMs of the services and the sandbox
 * @param environment what is handed on to the services
 */
public record Settings(
        Path root,
        Path home,
        Map<String, Integer> ports,
        int replicas,
        boolean sample,
        boolean exitAfterSample,
        boolean sandbox,
        String javaOptions,
        Map<String, String> environment) {

    /** Six JVMs that have just started would keep a small machine busy with their second compiler for minutes. */
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

    /** The parts that listen, and where unless {@code SHOWREEL_<NAME>_PORT} says otherwise. */
    public static final Map<String, Integer> DEFAULT_PORTS = Map.of(
            "gateway", 8080,
            "asset", 8081,
            "selection", 8082,
            "render", 8083,
            "stitch", 8084,
            "sandbox", 8090,
            "sandbox-delivery", 8091,
            "s3", 9000,
            "kafka", 9092,
            "postgres", 15432);

    private static final int MOST_REPLICAS = 9;

    public Settings {
        ports = Map.copyOf(ports);
        environment = Map.copyOf(environment);
    }

    /** Reads the environment; a value that makes no sense is an {@link IllegalArgumentException} that names it. */
    public static Settings read(Map<String, String> environment, Path root) {
        refuseUnknown(environment);
        var sandbox = isBlank(environment, "REPLICATE_API_KEY") || isBlank(environment, "XAI_API_KEY");
        return new Settings(
                root,
                isBlank(environment, "SHOWREEL_HOME")
                        ? root.resolve(".showreel")
                        : root.resolve(environment.getOrDefault("SHOWREEL_HOME", ""))
                                .normalize(),
                ports(environment),
                number(environment, "SHOWREEL_REPLICAS", 1, 1, MOST_REPLICAS),
                flag(
                        environment,
                        "SHOWREEL_SAMPLE",
                        isBlank(environment, "REPLICATE_API_KEY") && isBlank(environment, "XAI_API_KEY")),
                flag(environment, "SHOWREEL_EXIT_AFTER_SAMPLE", false),
                sandbox,
                environment.getOrDefault("SHOWREEL_JAVA_OPTIONS", QUICK_TO_START),
                environment);
    }

    private static void refuseUnknown(Map<String, String> environment) {
        var unknown = Variables.ofShowreel().unknownAmong(environment.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", unknown) + " means nothing; docs/configuration.md lists what does");
        }
    }

    public int port(String name) {
        return ports.getOrDefault(name, 0);
    }

    /** The variable that moves a part to another port. */
    public static String portVariable(String name) {
        return "SHOWREEL_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PORT";
    }

    public boolean has(String variable) {
        return !isBlank(environment, variable);
    }

    private static Map<String, Integer> ports(Map<String, String> environment) {
        var ports = new HashMap<String, Integer>();
        DEFAULT_PORTS.forEach(
                (name, port) -> ports.put(name, number(environment, portVariable(name), port, 1, 65_535)));
        return ports;
    }

    private static int number(Map<String, String> environment, String name, int otherwise, int least, int most) {
        if (isBlank(environment, name)) {
            return otherwise;
        }
        var text = environment.getOrDefault(name, "").strip();
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with a number that is out of bounds.
        }
        throw new IllegalArgumentException("%s=%s is not a number from %d to %d".formatted(name, text, least, most));
    }

    private static boolean flag(Map<String, String> environment, String name, boolean otherwise) {
        var text = environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "" -> otherwise;
            case "on", "true", "1", "yes" -> true;
            case "off", "false", "0", "no" -> false;
            default -> throw new IllegalArgumentException("%s=%s is neither on nor off".formatted(name, text));
        };
    }

    private static boolean isBlank(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").isBlank();
    }
}
