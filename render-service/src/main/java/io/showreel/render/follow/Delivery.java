package io.showreel.render.follow;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Fetches outputs from where the provider delivers them: bare of our key, and only from hosts that we know. */
@Component
class Delivery {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int BUFFER = 8192;

    private final FollowSettings settings;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    Delivery(FollowSettings settings) {
        this.settings = settings;
    }

    /** @throws IOException if it did not arrive whole; trying again may help */
    void fetch(URI output, Path into) throws IOException, InterruptedException {
        if ("data".equals(output.getScheme())) {
            Files.write(into, decoded(output));
            return;
        }
        if (!isKnown(output)) {
            throw new IOException("Outputs are not fetched from " + output.getHost());
        }
        var request = HttpRequest.newBuilder(output)
                .timeout(settings.downloadTimeout())
                .GET()
                .build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("HTTP " + response.statusCode());
            }
            var size = copy(body, into);
            requireWhole(response, size);
        }
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

    private long copy(InputStream body, Path into) throws IOException {
        var most = settings.largestOutput().toBytes();
        var buffer = new byte[BUFFER];
        long size = 0;
        try (var file = Files.newOutputStream(into)) {
            for (var read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > most) {
                    throw new IOException("The output is larger than " + settings.largestOutput());
                }
                file.write(buffer, 0, read);
            }
        }
        return size;
    }

    private static void requireWhole(HttpResponse<InputStream> response, long size) throws IOException {
        var told = response.headers().firstValueAsLong("content-length");
        if (told.isPresent() && told.getAsLong() != size) {
            throw new IOException("Only %d of %d bytes arrived".formatted(size, told.getAsLong()));
        }
    }

    private static byte[] decoded(URI data) throws IOException {
        var text = data.toString();
        var comma = text.indexOf(',');
        if (comma < 0 || !text.substring(0, comma).endsWith(";base64")) {
            throw new IOException("The output is no base64");
        }
        try {
            return Base64.getDecoder().decode(text.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            throw new IOException("The output is no base64", e);
        }
    }
}
