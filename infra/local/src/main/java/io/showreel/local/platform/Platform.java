package io.showreel.local.platform;

import io.showreel.embedded.Ffmpeg;
import io.showreel.embedded.KafkaServer;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.Server;
import io.showreel.local.Settings;
import io.showreel.local.supervision.Part;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All parts of Showreel on this machine, wired to each other. */
public final class Platform {

    private static final String GATEWAY = "gateway";
    private static final String POSTGRES = "postgres";
    private static final String KAFKA = "kafka";
    private static final String S3 = "s3";
    private static final String SANDBOX = "sandbox";
    private static final String DELIVERY = "sandbox-delivery";
    private static final List<String> DATABASES = List.of(GATEWAY, "asset", "render", "stitch");
    private static final int MAX_CONNECTIONS = 300;
    /** The ports of a service's second instance are this much higher, those of its third twice as much. */
    private static final int REPLICA_PORT_STEP = 100;

    private final Settings settings;
    private final Ffmpeg ffmpeg;
    private final ModuleJars jars;

    public Platform(Settings settings, Ffmpeg ffmpeg) {
        this.settings = settings;
        this.ffmpeg = ffmpeg;
        this.jars = new ModuleJars(settings.home().resolve("cache"));
    }

    /** A service of ours, as the source tree and the Spring configuration call it. */
    private record Service(String name, String mainClass, List<String> needs, String heap) {}

    private static final List<Service> SERVICES = List.of(
            new Service("asset", "io.showreel.asset.AssetApplication", List.of(POSTGRES, KAFKA, S3), "160m"),
            new Service(GATEWAY, "io.showreel.gateway.GatewayApplication", List.of(POSTGRES, KAFKA, S3), "256m"),
            new Service("render", "io.showreel.render.RenderApplication", List.of(POSTGRES, KAFKA, S3), "160m"),
            new Service("stitch", "io.showreel.stitch.StitchApplication", List.of(POSTGRES, KAFKA, S3), "160m"),
            new Service("selection", "io.showreel.selection.SelectionApplication", List.of(KAFKA, S3), "160m"));

    /** The parts, each after those it needs. */
    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        var data = settings.home();
        var postgres = new PostgresServer(
                new PostgresServer.Settings(data.resolve(POSTGRES), settings.port(POSTGRES), MAX_CONNECTIONS));
        parts.add(new Part(
                POSTGRES,
                settings.port(POSTGRES),
                List.of(),
                postgres,
                () -> DATABASES.forEach(postgres::ensureDatabase)));
        parts.add(new Part(
                KAFKA,
                settings.port(KAFKA),
                List.of(),
                new KafkaServer(new KafkaServer.Settings(data.resolve(KAFKA), settings.port(KAFKA), Ports.free()))));
        var s3 =
                new S3Server(new S3Server.Settings(data.resolve(S3), settings.port(S3), "showreel", "showreel-secret"));
        parts.add(new Part(S3, settings.port(S3), List.of(), s3));
        if (settings.sandbox()) {
            parts.add(new Part(SANDBOX, settings.port(SANDBOX), List.of(), sandbox()));
        }
        for (var replica = 1; replica <= settings.replicas(); replica++) {
            for (var service : SERVICES) {
                var port = port(settings, service, replica);
                var name = replica == 1 ? service.name() : service.name() + "-" + replica;
                parts.add(new Part(name, port, service.needs(), server(service, name, port)));
            }
        }
        return parts;
    }

    /** Prepares faster starts of the services for the next time. */
    public AotTraining training() {
        var lessons = originals().flatMap(service -> service.lesson().stream()).toList();
        return new AotTraining(lessons, settings.home().resolve("logs"));
    }

    /** Deletes the jars and caches of earlier builds. */
    public void forgetEarlierBuilds() {
        jars.forgetAllBut(originals().map(service -> service.aotCache().file()).collect(Collectors.toSet()));
    }

    private Stream<JavaService> originals() {
        return SERVICES.stream().map(service -> server(service, service.name(), port(settings, service, 1)));
    }

    /** One sentence per port that somebody else listens on. */
    public static List<String> takenPorts(Settings settings) {
        var wanted = new TreeMap<Integer, String>();
        Stream.of(POSTGRES, KAFKA, S3).forEach(name -> wanted.put(settings.port(name), name));
        if (settings.sandbox()) {
            Stream.of(SANDBOX, DELIVERY).forEach(name -> wanted.put(settings.port(name), name));
        }
        for (var replica = 1; replica <= settings.replicas(); replica++) {
            for (var service : SERVICES) {
                wanted.put(port(settings, service, replica), service.name());
            }
        }
        return wanted.entrySet().stream()
                .filter(entry -> !Ports.isFree(entry.getKey()))
                .map(entry -> "port %d (%s) is taken; set %s"
                        .formatted(entry.getKey(), entry.getValue(), Settings.portVariable(entry.getValue())))
                .toList();
    }

    private static int port(Settings settings, Service service, int replica) {
        return settings.port(service.name()) + (replica - 1) * REPLICA_PORT_STEP;
    }

    private Server sandbox() {
        var environment = new HashMap<>(commonEnvironment());
        environment.put("SANDBOX_PORT", Integer.toString(settings.port(SANDBOX)));
        environment.put("SANDBOX_DELIVERY_PORT", Integer.toString(settings.port(DELIVERY)));
        environment.put("SANDBOX_HOME", settings.home().resolve(SANDBOX).toString());
        return new JavaService(new JavaService.Start(
                SANDBOX,
                SANDBOX,
                "io.showreel.sandbox.Sandbox",
                jars.classPath(settings.root().resolve("infra/provider-sandbox")),
                jvmOptions("128m"),
                Map.of(),
                environment,
                settings.home(),
                URI.create("http://localhost:%d/_sandbox/ledger".formatted(settings.port(SANDBOX)))));
    }

    private JavaService server(Service service, String name, int port) {
        return new JavaService(new JavaService.Start(
                name,
                service.name(),
                service.mainClass(),
                jars.classPath(settings.root().resolve(service.name() + "-service")),
                jvmOptions(service.heap()),
                properties(service, port),
                serviceEnvironment(),
                settings.home(),
                URI.create("http://localhost:%d/actuator/health/readiness".formatted(port))));
    }

    private List<String> jvmOptions(String heap) {
        var options = Stream.of(settings.javaOptions().split("\\s+")).filter(option -> !option.isBlank());
        var ours = Stream.of(
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
        return Stream.concat(ours, options).toList();
    }

    private Map<String, String> properties(Service service, int port) {
        var properties = new LinkedHashMap<String, String>();
        properties.put("server.port", Integer.toString(port));
        if (!service.name().equals(GATEWAY)) {
            // They trust whoever reaches them; the gateway knows by itself where it may listen.
            properties.put("server.address", "127.0.0.1");
        }
        properties.put("spring.kafka.bootstrap-servers", "localhost:" + settings.port(KAFKA));
        if (DATABASES.contains(service.name())) {
            var database = "postgresql://localhost:%d/%s".formatted(settings.port(POSTGRES), service.name());
            properties.put("spring.r2dbc.url", "r2dbc:" + database);
            properties.put("spring.flyway.url", "jdbc:" + database);
        }
        if (service.needs().contains(S3)) {
            properties.put("showreel.objects.endpoint", "http://localhost:" + settings.port(S3));
        }
        if (service.name().equals(GATEWAY)) {
            for (var other : List.of("asset", "selection", "render", "stitch")) {
                properties.put("showreel." + other + "-url", "http://localhost:" + settings.port(other));
            }
        }
        return properties;
    }

    /** Where no key is set, the sandbox takes the place of that provider; nothing else differs. */
    private Map<String, String> serviceEnvironment() {
        var environment = new HashMap<>(commonEnvironment());
        var sandbox = "http://localhost:%d/v1".formatted(settings.port(SANDBOX));
        var paid = settings.has("REPLICATE_API_KEY");
        if (!settings.has("REPLICATE_ACCOUNT")) {
            // What was ordered from the sandbox is never submitted with a key that pays.
            environment.put("REPLICATE_ACCOUNT", paid ? "replicate" : SANDBOX);
        }
        if (!paid) {
            environment.put("REPLICATE_API_KEY", SANDBOX);
            environment.put("REPLICATE_BASE_URL", sandbox);
            environment.put("REPLICATE_DELIVERY_HOSTS", "localhost");
            // A real provider can't reach this machine; the sandbox can.
            if (!settings.has("PUBLIC_BASE_URL")) {
                environment.put("PUBLIC_BASE_URL", "http://localhost:" + settings.port(GATEWAY));
            }
        }
        if (!settings.has("XAI_API_KEY")) {
            environment.put("XAI_API_KEY", SANDBOX);
            environment.put("XAI_BASE_URL", sandbox);
        }
        return environment;
    }

    private Map<String, String> commonEnvironment() {
        var environment = new HashMap<String, String>();
        environment.put("SHOWREEL_FFMPEG", ffmpeg.ffmpeg().toString());
        environment.put("TZ", "UTC");
        return environment;
    }
}
