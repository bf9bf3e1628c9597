package io.showreel.render.follow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fetches outputs from where the provider delivers them: bare of our key, and only from hosts that we know. */
@Component
class Delivery {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final String BEYOND_LIMIT = "capacity";

    private final FollowSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    Delivery(FollowSettings settings) {
        this.settings = settings;
    }

    /**
     * @throws UnusableOutputException if it is not to be fetched
     * @throws IOException if it did not arrive whole; trying again may help
     */
    void fetch(URI output, Path into) throws IOException, InterruptedException {
        if ("data".equals(output.getScheme())) {
            Files.write(into, decoded(output));
            return;
        }
        if (!isKnown(output)) {
            throw new UnusableOutputException("Outputs are not fetched from " + output.getHost());
        }
        var exchange = http.sendAsync(HttpRequest.newBuilder(output).GET().build(), answer -> bodyOf(answer, into));
        try {
            var status = await(exchange, into).statusCode();
            if (status != OK) {
                throw new IOException("HTTP " + status);
            }
        } finally {
            exchange.cancel(true);
        }
    }

    private BodySubscriber<Path> bodyOf(ResponseInfo answer, Path into) {
        if (answer.statusCode() != OK) {
            return BodySubscribers.replacing(into);
        }
        return BodyHandlers.limiting(
                        BodyHandlers.ofFile(into), settings.largestOutput().toBytes())
                .apply(answer);
    }

    /** Not with the request's own timeout, which would leave out the time that the body takes. */
    private HttpResponse<Path> await(CompletableFuture<HttpResponse<Path>> exchange, Path into)
            throws IOException, InterruptedException {
        var deadline = System.nanoTime() + settings.downloadTimeout().toNanos();
        for (var before = 0L; ; before = sizeOf(into)) {
            var left = deadline - System.nanoTime();
            try {
                return exchange.get(Math.min(left, settings.downloadStall().toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (sizeOf(into) == before || deadline <= System.nanoTime()) {
                    throw new IOException("The output stopped coming after %d bytes".formatted(sizeOf(into)), e);
                }
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
    }

    private IOException failure(@Nullable Throwable cause) {
        var message = cause == null ? "" : String.valueOf(cause.getMessage());
        // The JDK has no type of its own for a body over its limit.
        return message.contains(BEYOND_LIMIT)
                ? new UnusableOutputException("The output is larger than " + settings.largestOutput())
                : new IOException("The output did not arrive: " + cause, cause);
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private boolean isKnown(URI output) {
        var host = output.getHost();
        if (host == null) {
            return false;
        }
        var lower = host.toLowerCase(Locale.ROOT);
        var isLocal = lower.equals("localhost") || lower.equals("127.0.0.1");
        var isSafe = "https".equals(output.getScheme()) || (isLocal && "http".equals(output.getScheme()));
        return isSafe
                && settings.deliveryHosts().stream()
                        .anyMatch(known -> lower.equals(known) || lower.endsWith("." + known));
    }

    private static byte[] decoded(URI data) throws IOException {
        var text = data.toString();
        var comma = text.indexOf(',');
        if (comma < 0 || !text.substring(0, comma).endsWith(";base64")) {
            throw new UnusableOutputException("The output is no base64");
        }
        try {
            return Base64.getDecoder().decode(text.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            throw new UnusableOutputException("The output is no base64");
        }
    }
}
