package io.showreel.asset.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.showreel.asset.Caller;
import io.showreel.asset.RunningService;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

class ManyUploadsTest extends RunningService {

    private static final byte[] PHOTO = Pictures.jpeg(8, 8);

    private final MultipartBodyBuilder form = new MultipartBodyBuilder();

    @AfterEach
    void no_file_waits_any_longer() {
        await().untilAsserted(() -> {
            try (var waiting = Files.list(UPLOADS)) {
                assertThat(waiting).isEmpty();
            }
        });
    }

    @Test
    void many_files_come_in_at_once_and_one_that_is_refused_harms_no_other() {
        form.part("campaign_id", newCampaign(newClient()));
        form.part("tags", "[\"summer\"]");
        var names = IntStream.range(0, 20).mapToObj("%02d.jpg"::formatted).toList();
        for (var name : names) {
            file(name, PHOTO);
            if (name.equals("03.jpg")) {
                file("../cut off.jpg", Arrays.copyOf(PHOTO, PHOTO.length - 2));
                file("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8));
            }
        }

        var answer = list(send().expectStatus().isCreated());

        assertThat(answer)
                .extracting("data")
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .allSatisfy(asset -> assertThat(asset)
                        .containsEntry("tags", List.of("summer"))
                        .containsEntry("width", 8))
                .extracting(asset -> asset.get("name"))
                .isEqualTo(names);
        assertThat(answer)
                .extracting("meta.errors")
                .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                .extracting(error -> error.get("source"))
                .containsExactly("cut off.jpg", "drawing.svg");
        assertThat(answer.toString()).contains("its end is missing", "may hold scripts");
    }

    @Test
    void five_hundred_come_in_at_once_and_not_one_more() {
        var client = newClient();
        form.part("client_id", client);
        for (int n = 1; n <= 500; n++) {
            file(n + ".jpg", PHOTO);
        }
        assertThat(list(send().expectStatus().isCreated()))
                .extracting("meta.created", "meta.failed")
                .containsExactly(500, 0);

        file("one too many.jpg", PHOTO);

        refused(send(), "file");
        assertThat(assetsOf(client)).isEqualTo(500);
    }

    @Test
    void what_is_said_of_all_files_comes_before_them_and_fits_all() {
        file("a.jpg", PHOTO);
        form.part("client_id", newClient());
        refused(send(), "client_id");

        var late = new MultipartBodyBuilder();
        late.part("client_id", newClient());
        file(late, "a.jpg", PHOTO);
        late.part("tags", "[]");
        refused(send(late), "tags");

        var named = new MultipartBodyBuilder();
        named.part("client_id", newClient());
        named.part("name", "The same for all");
        file(named, "a.jpg", PHOTO);
        refused(send(named), "name");

        var empty = new MultipartBodyBuilder();
        empty.part("client_id", newClient());
        refused(send(empty), "file");
    }

    @Test
    void an_owner_who_is_not_there_or_not_ones_own_takes_nothing_in() {
        var photo = Pictures.noise(20, 20);
        form.part("client_id", newClient());
        file("a.png", photo);

        refused(
                client().post()
                        .uri("/api/v3/assets/from-files")
                        .header(Caller.CLIENTS_HEADER, newClient())
                        .body(BodyInserters.fromMultipartData(form.build()))
                        .exchange(),
                "client_id");

        try (var kept = context.getBean(ObjectStore.class).list("assets/")) {
            assertThat(kept).noneMatch(object -> object.toString()
                    .contains(Spool.hex(Spool.sha256().digest(photo))));
        }
    }

    @Test
    void a_form_that_breaks_off_leaves_no_asset_and_no_file() throws IOException {
        var client = newClient();
        var form = """
                --b\r
                Content-Disposition: form-data; name="client_id"\r
                \r
                %s\r
                """.formatted(client).getBytes(StandardCharsets.ISO_8859_1);
        try (var socket = new Socket("localhost", port)) {
            var out = socket.getOutputStream();
            out.write("""
                    POST /api/v3/assets/from-files HTTP/1.1\r
                    Host: x\r
                    Content-Type: multipart/form-data; boundary=b\r
                    Content-Length: 1000000\r
                    \r
                    """.getBytes(StandardCharsets.ISO_8859_1));
            out.write(form);
            for (int n = 0; n < 30; n++) {
                out.write("""
                        --b\r
                        Content-Disposition: form-data; name="file"; filename="%d.jpg"\r
                        \r
                        """.formatted(n).getBytes(StandardCharsets.ISO_8859_1));
                out.write(PHOTO);
                out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            out.flush();
            await().until(() -> {
                try (var waiting = Files.list(UPLOADS)) {
                    return waiting.findAny().isPresent();
                }
            });
        }

        no_file_waits_any_longer();
        assertThat(assetsOf(client)).isZero();
    }

    private void file(String name, byte[] bytes) {
        file(form, name, bytes);
    }

    private static void file(MultipartBodyBuilder form, String name, byte[] bytes) {
        form.part("file", new ByteArrayResource(bytes)).filename(name);
    }

    private WebTestClient.ResponseSpec send() {
        return send(form);
    }

    private WebTestClient.ResponseSpec send(MultipartBodyBuilder form) {
        return client().post()
                .uri("/api/v3/assets/from-files")
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(BodyInserters.fromMultipartData(form.build()))
                .exchange();
    }

    private static Map<String, Object> list(WebTestClient.ResponseSpec answer) {
        return answer.expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
    }

    private static void refused(WebTestClient.ResponseSpec answer, String field) {
        answer.expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details['" + field + "'][0]")
                .exists();
    }

    private long assetsOf(String client) {
        return database.sql("select count(*) from asset where client_id = '" + client + "'")
                .map(row -> row.get(0, Long.class))
                .one()
                .block(Duration.ofSeconds(10));
    }
}
