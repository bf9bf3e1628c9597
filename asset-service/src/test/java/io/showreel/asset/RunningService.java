package io.showreel.asset;

import io.showreel.embedded.FfmpegTools;
import io.showreel.embedded.PostgresServer;
import io.showreel.embedded.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The service over real connections, with a real PostgreSQL and a real object store behind it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class RunningService implements ApplicationContextAware {

    protected static final Path UPLOADS = temporaryFolder();

    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    @LocalServerPort
    protected int port;

    protected ApplicationContext context;
    protected DatabaseClient database;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry properties) {
        var fresh = PostgresServer.shared().createDatabase("asset");
        properties.add("spring.r2dbc.url", fresh::r2dbcUrl);
        properties.add("spring.r2dbc.username", fresh::username);
        properties.add("spring.r2dbc.password", fresh::password);
        properties.add("spring.flyway.url", fresh::jdbcUrl);
        properties.add("spring.flyway.user", fresh::username);
        properties.add("spring.flyway.password", fresh::password);
        var store = S3Server.shared();
        properties.add("showreel.objects.endpoint", store::endpoint);
        properties.add("showreel.objects.access-key", store::accessKey);
        properties.add("showreel.objects.secret-key", store::secretKey);
        properties.add("showreel.objects.bucket", () -> "assets-" + UUID.randomUUID());
        // Nothing may depend on Kafka being there.
        properties.add("spring.kafka.bootstrap-servers", () -> "localhost:1");
        properties.add("logging.level.org.apache.kafka", () -> "off");
        properties.add("showreel.uploads.folder", UPLOADS::toString);
        properties.add("showreel.uploads.max-image", () -> "1MB");
        properties.add("showreel.uploads.max-video", () -> "64MB");
        properties.add("showreel.uploads.thumbnails-after", () -> "300ms");
        properties.add("showreel.uploads.max-pixels", () -> "4000000");
        properties.add(
                "showreel.projector.ffmpeg", () -> FfmpegTools.find().ffmpeg().toString());
        properties.add("showreel.outbound.allowed-hosts", () -> "localhost");
        properties.add("showreel.media.secret", () -> "a shared secret");
    }

    @Override
    public void setApplicationContext(ApplicationContext context) {
        this.context = context;
        database = context.getBean(DatabaseClient.class);
    }

    protected WebTestClient client() {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .build();
    }

    protected WebTestClient.ResponseSpec post(String path, String json, String... headers) {
        var request = client().post().uri(path).contentType(MediaType.APPLICATION_JSON);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.bodyValue(json).exchange();
    }

    protected WebTestClient.ResponseSpec patch(String path, String json) {
        return client().patch()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    protected WebTestClient.ResponseSpec get(String path, String... headers) {
        var request = client().get().uri(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.exchange();
    }

    protected WebTestClient.ResponseSpec delete(String path, String... headers) {
        var request = client().delete().uri(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.exchange();
    }

    /** The {@code data} of an answer that has to be a success. */
    @SuppressWarnings("unchecked")
    protected static Map<String, Object> data(WebTestClient.ResponseSpec answer) {
        var body = answer.expectStatus()
                .is2xxSuccessful()
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        return (Map<String, Object>) body.get("data");
    }

    protected static String id(WebTestClient.ResponseSpec answer) {
        return (String) data(answer).get("id");
    }

    protected String newClient() {
        return id(post("/api/v3/clients", "{\"name\": \"Alpine Stays\", \"brand_guidelines\": \"Warm light\"}"));
    }

    protected String newCampaign(String client) {
        return id(post(
                "/api/v3/campaigns",
                "{\"client_id\": \"%s\", \"name\": \"Mountain Retreat\", \"brief\": \"Quiet luxury\"}"
                        .formatted(client)));
    }

    private static Path temporaryFolder() {
        try {
            var folder = Files.createTempDirectory("uploads-test-");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
