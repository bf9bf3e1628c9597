package io.showreel.sandbox;

import io.showreel.sandbox.media.Rendering;
import io.showreel.sandbox.prediction.Timing;
import io.showreel.sandbox.replicate.Limits;
import io.showreel.sandbox.webhook.WebhookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the sandbox behaves.
 *
 * @param home         where everything that survives is kept
 * @param address      that both ports listen on; it fetches what it is told to, so strangers should not reach it
 * @param apiPort      of Replicate's and xAI's APIs; 0: any free one
 * @param deliveryPort of the finished files; 0: any free one
 * @param keys         the good API keys; none: every key is good
 */
public record Settings(
        Path home,
        String address,
        int apiPort,
        int deliveryPort,
        Set<String> keys,
        Timing timing,
        Rendering rendering,
        Limits limits,
        WebhookSettings webhooks) {
    private static final String LOOPBACK = "localhost";
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");

    /** The defaults on free ports. */
    public static Settings in(Path home) {
        return new Settings(
                home,
                LOOPBACK,
                0,
                0,
                Set.of(),
                Timing.DEFAULT,
                Rendering.DEFAULT,
                Limits.DEFAULT,
                WebhookSettings.DEFAULT);
    }

    /** As the environment says: {@code SANDBOX_HOME}, {@code SANDBOX_PORT}, {@code SANDBOX_LATENCY} and so on. */
    public static Settings from(Map<String, String> environment) {
        var read = new Reader(environment);
        boolean instant = Boolean.parseBoolean(read.text("SANDBOX_INSTANT", "false"));
        var latency = read.text("SANDBOX_LATENCY", "0ms").split("\\.\\.", 2);
        return new Settings(
                Path.of(read.text("SANDBOX_HOME", ".showreel/sandbox")),
                read.text("SANDBOX_ADDRESS", LOOPBACK),
                read.number("SANDBOX_PORT", 8090),
                read.number("SANDBOX_DELIVERY_PORT", 8091),
                read.words("SANDBOX_KEYS"),
                new Timing(
                        read.duration("SANDBOX_BOOT", instant ? Duration.ZERO : Timing.DEFAULT.boot()),
                        duration(latency[0]),
                        duration(latency[latency.length - 1]),
                        read.duration("SANDBOX_RUN_LIMIT", Timing.DEFAULT.runLimit()),
                        read.duration("SANDBOX_RETENTION", Timing.DEFAULT.retention())),
                new Rendering(
                        Double.parseDouble(read.text("SANDBOX_CLIP_SCALE", "1")),
                        instant,
                        read.number("SANDBOX_RENDERS", Rendering.DEFAULT.atOnce())),
                new Limits(
                        read.number("SANDBOX_CREATES_PER_MINUTE", Limits.DEFAULT.creates()),
                        read.number("SANDBOX_REQUESTS_PER_MINUTE", Limits.DEFAULT.requests()),
                        Boolean.parseBoolean(read.text("SANDBOX_LOW_CREDIT", "false")),
                        read.number("SANDBOX_STARTS_AT_ONCE", instant ? 0 : Limits.DEFAULT.startsAtOnce())),
                new WebhookSettings(
                        read.text("SANDBOX_WEBHOOK_SECRET", WebhookSettings.DEFAULT.secret()),
                        read.durations("SANDBOX_WEBHOOK_RETRIES", WebhookSettings.DEFAULT.retries())));
    }

    public Settings withPorts(int apiPort, int deliveryPort) {
        return new Settings(home, address, apiPort, deliveryPort, keys, timing, rendering, limits, webhooks);
    }

    public Settings withKeys(Set<String> keys) {
        return new Settings(home, address, apiPort, deliveryPort, keys, timing, rendering, limits, webhooks);
    }

    public Settings withTiming(Timing timing) {
        return new Settings(home, address, apiPort, deliveryPort, keys, timing, rendering, limits, webhooks);
    }

    public Settings withRendering(Rendering rendering) {
        return new Settings(home, address, apiPort, deliveryPort, keys, timing, rendering, limits, webhooks);
    }

    public Settings withLimits(Limits limits) {
        return new Settings(home, address, apiPort, deliveryPort, keys, timing, rendering, limits, webhooks);
    }

    public Settings withWebhooks(WebhookSettings webhooks) {
        return new Settings(home, address, apiPort, deliveryPort, keys, timing, rendering, limits, webhooks);
    }

    /** Predictions succeed at once with a canned clip: for measuring everything else. */
    public Settings instantly() {
        return withRendering(rendering.withInstant(true))
                .withTiming(timing.withBoot(Duration.ZERO))
                .withLimits(limits.withStartsAtOnce(0));
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration such as 250ms, 5s, 2m or 1h: " + text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private record Reader(Map<String, String> environment) {
        String text(String name, String otherwise) {
            var value = environment.get(name);
            return value == null || value.isBlank() ? otherwise : value.trim();
        }

        int number(String name, int otherwise) {
            return Integer.parseInt(text(name, Integer.toString(otherwise)));
        }

        Duration duration(String name, Duration otherwise) {
            var value = text(name, "");
            return value.isEmpty() ? otherwise : Settings.duration(value);
        }

        List<Duration> durations(String name, List<Duration> otherwise) {
            var value = text(name, "");
            if (value.isEmpty()) {
                return otherwise;
            }
            List<Duration> durations = new ArrayList<>();
            for (var part : value.split(",", -1)) {
                durations.add(Settings.duration(part));
            }
            return List.copyOf(durations);
        }

        Set<String> words(String name) {
            var value = text(name, "");
            return value.isEmpty() ? Set.of() : Set.of(value.split(",", -1));
        }
    }
}
