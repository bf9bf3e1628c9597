package io.showreel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.embedded.process.Ports;
import io.showreel.embedded.process.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ServerTest {

    private static final String OBJECT = "/films/one.mp4";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private S3Server server;

    @BeforeEach
    void settle() {
        server = new S3Server(new S3Server.Settings(folder.resolve("s3"), Ports.free(), "key", "secret"));
    }

    @Test
    void objects_survive_a_kill() throws Exception {
        try (var running = start()) {
            makeBucket();
            assertThat(put("secret", "a film")).isEqualTo(200);
            running.kill();
        }
        try (var running = start()) {
            assertThat(running.isAlive()).isTrue();
            assertThat(get(presigned("secret"))).isEqualTo("200 a film");
        }
    }

    @Test
    void only_the_right_signature_opens_an_object() throws Exception {
        try (var running = start()) {
            makeBucket();
            put("secret", "a film");

            assertThat(get(presigned("wrong"))).startsWith("403 ");
            assertThat(get(server.endpoint().resolve(OBJECT))).startsWith("403 ");
            assertThat(put("wrong", "another film")).isEqualTo(403);
            assertThat(get(presigned("secret"))).isEqualTo("200 a film");
            assertThat(running.isAlive()).isTrue();
        }
    }

    private RunningServer start() {
        return RunningServer.start(server, folder.resolve("s3.log"));
    }

    private void makeBucket() {
        try (var client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(credentials("secret"))
                .build()) {
            client.createBucket(bucket -> bucket.bucket("films"));
        }
    }

    private int put(String secret, String text) throws IOException, InterruptedException {
        try (var presigner = presigner(secret)) {
            var url = presigner
                    .presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(put -> put.bucket("films").key("one.mp4")))
                    .url();
            var request = HttpRequest.newBuilder(URI.create(url.toString()))
                    .PUT(BodyPublishers.ofString(text))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private URI presigned(String secret) {
        try (var presigner = presigner(secret)) {
            return URI.create(presigner
                    .presignGetObject(sign -> sign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket("films").key("one.mp4")))
                    .url()
                    .toString());
        }
    }

    private String get(URI address) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    private S3Presigner presigner(String secret) {
        return S3Presigner.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(secret))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private static StaticCredentialsProvider credentials(String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", secret));
    }
}
