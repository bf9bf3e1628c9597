package io.showreel.system.benchmark;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** Uploads plain pictures in groups of four, each of another colour. */
public final class Photos {

    private static final int GROUP = 4;
    private static final String BOUNDARY = "showreel-benchmark";

    private final URI gateway;

    public Photos(URI gateway) {
        this.gateway = gateway;
    }

    public void upload(String campaign, int count) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            for (var n = 0; n < count; n++) {
                var group = "room %02d".formatted(n / GROUP + 1);
                var name = "%s %d".formatted(group, n % GROUP + 1);
                var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/assets"))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofByteArray(form(campaign, name, group, picture(n, count))))
                        .build();
                var answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    throw new IllegalStateException(
                            "An upload was answered " + answer.statusCode() + ": " + answer.body());
                }
            }
        }
    }

    private static byte[] form(String campaign, String name, String tag, byte[] picture) {
        var body = new ByteArrayOutputStream();
        field(body, "campaign_id\"", campaign.getBytes(StandardCharsets.UTF_8));
        field(body, "name\"", name.getBytes(StandardCharsets.UTF_8));
        field(body, "tags\"", ("[\"" + tag + "\"]").getBytes(StandardCharsets.UTF_8));
        field(body, "file\"; filename=\"%s.jpg\"\r\nContent-Type: image/jpeg".formatted(name), picture);
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private static void field(ByteArrayOutputStream body, String disposition, byte[] value) {
        body.writeBytes("--%s\r\nContent-Disposition: form-data; name=\"%s\r\n\r\n"
                .formatted(BOUNDARY, disposition)
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(value);
        body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] picture(int n, int count) throws IOException {
        var image = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(Color.getHSBColor((float) n / count, 0.6f, 0.8f));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.dispose();
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        return file.toByteArray();
    }
}
