package io.showreel.sandbox.media;

import io.showreel.sandbox.file.Upload;
import io.showreel.sandbox.file.Uploads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Fetches as Replicate's runners do: own uploads with the account's rights, the web without any, data URIs as such. */
public final class WebSource implements Source {
    private static final long LIMIT = 100L << 20;

    private final Uploads uploads;
    private final URI filesUrl;
    private final HttpClient web = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /** @param filesUrl what the addresses of uploads start with */
    public WebSource(Uploads uploads, URI filesUrl) {
        this.uploads = uploads;
        this.filesUrl = filesUrl;
    }

    @Override
    public void fetch(String account, String address, Path into) throws IOException, InterruptedException {
        if (address.startsWith("data:")) {
            Files.write(into, decoded(address));
            return;
        }
        var upload = upload(account, address);
        if (upload.isPresent()) {
            Files.copy(uploads.path(upload.get()), into);
            return;
        }
        download(address, into);
    }

    /** The upload that an address means, if it is one of this account. */
    public Optional<Upload> upload(String account, String address) {
        var prefix = filesUrl + "/";
        if (!address.startsWith(prefix)) {
            return Optional.empty();
        }
        var id = address.substring(prefix.length()).split("[/?]", 2)[0];
        return uploads.find(id).filter(upload -> upload.account().equals(account));
    }

    private void download(String address, Path into) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofSeconds(30))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("Invalid URL '" + address + "'", e);
        }
        var response = web.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("HTTP Error " + response.statusCode() + " for url: " + address);
            }
            copy(body, into);
        }
    }

    private static void copy(InputStream body, Path into) throws IOException {
        try (var out = Files.newOutputStream(into)) {
            var buffer = new byte[64 * 1024];
            long total = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                total += read;
                if (total > LIMIT) {
                    throw new IOException("the file is larger than 100MB");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static byte[] decoded(String dataUri) throws IOException {
        int comma = dataUri.indexOf(',');
        if (comma < 0) {
            throw new IOException("the data URI has no data");
        }
        var data = dataUri.substring(comma + 1);
        try {
            return dataUri.substring(0, comma).endsWith(";base64")
                    ? Base64.getMimeDecoder().decode(data)
                    : URLDecoder.decode(data, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw new IOException("the data URI can't be decoded", e);
        }
    }
}
