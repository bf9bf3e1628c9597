package io.showreel.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final RunningGateway gateway = Installation.shared().gateway;
    private static final Neighbourhood neighbours = Installation.shared().neighbours;

    @Test
    void clients_campaigns_and_assets_are_answered_by_their_service_which_learns_who_asks() {
        var answer = gateway.post(
                "/api/v3/clients?x=1", "{\"name\": \"A\"}", "X-Showreel-Key", "forged", "X-Showreel-Clients", "forged");

        assertThat(answer.json().path("answered").asString()).isEqualTo("/api/v3/clients");
        assertThat(answer.response().headers().allValues("X-Request-Id")).hasSize(1);
        var asked = neighbours.last("/api/v3/clients");
        assertThat(asked.headers())
                .containsEntry("X-Showreel-Key", "open")
                .doesNotContainKey("X-Showreel-Clients")
                .containsEntry("X-Request-Id", answer.header("X-Request-Id"));
        assertThat(asked.body()).isEqualTo("{\"name\": \"A\"}");
        assertThat(gateway.get("/api/v3/campaigns/1/stats").status()).isEqualTo(200);
        assertThat(gateway.get("/api/v3/assets/1/data").status()).isEqualTo(200);
    }

    @Test
    void a_campaign_with_jobs_is_kept_even_if_its_owner_has_not_heard_of_them() {
        var used = neighbours.campaign(UUID.randomUUID(), 4);
        var unused = neighbours.campaign(UUID.randomUUID(), 4);
        assertThat(gateway.post("/api/v3/campaigns/" + used + "/create-job", "{}", "Prefer", "wait=0")
                        .status())
                .isEqualTo(201);

        var refused = gateway.send("DELETE", "/api/v3/campaigns/" + used, null);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.json().path("error").path("code").asString()).isEqualTo("campaign_in_use");
        assertThat(gateway.send("DELETE", "/api/v3/campaigns/" + unused, null).status())
                .isEqualTo(200);
        assertThat(gateway.send("DELETE", "/api/v3/campaigns/nonsense", null).status())
                .isEqualTo(200);
        assertThat(neighbours.asked.stream()
                        .filter(asked -> asked.method().equals("DELETE"))
                        .map(Neighbourhood.Asked::path))
                .contains("/api/v3/campaigns/" + unused)
                .doesNotContain("/api/v3/campaigns/" + used);
    }

    @Test
    void a_webhook_is_handed_on_as_it_came() {
        var body = "{ \"raw\" :1}\n";

        assertThat(gateway.post("/api/webhooks/replicate", body, "webhook-id", "w1", "webhook-signature", "v1,x")
                        .status())
                .isEqualTo(200);

        var asked = neighbours.last("/internal/webhooks/replicate");
        assertThat(asked.body()).isEqualTo(body);
        assertThat(asked.headers()).containsEntry("webhook-id", "w1").containsEntry("webhook-signature", "v1,x");
    }

    @Test
    void what_is_internal_can_not_be_reached_from_outside() {
        assertThat(gateway.get("/internal/campaigns/x/candidates").status()).isEqualTo(404);
        assertThat(gateway.get("/api/v3/../../internal/campaigns/x/candidates").status())
                .isEqualTo(404);
    }

    @Test
    void an_upload_reaches_the_other_service_while_it_is_still_being_sent() throws Exception {
        int chunks = 256;
        var size = 64 * 1024;
        var sent = new AtomicInteger();
        var upload = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (sent.get() == chunks * size) {
                    return -1;
                }
                if (sent.get() >= chunks * size / 2) {
                    arrived();
                }
                int count = Math.min(length, chunks * size - sent.get());
                Arrays.fill(into, offset, offset + count, (byte) 'a');
                sent.addAndGet(count);
                return count;
            }
        };
        var request = HttpRequest.newBuilder(gateway.uri("/api/v3/assets"))
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> upload))
                .build();

        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(neighbours.last("/api/v3/assets").body()).hasSize(chunks * size);
    }

    /** The second half is only sent when the first is known to have come through. */
    private static void arrived() {
        try {
            if (!neighbours.uploading.await(20, TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("Nothing arrives before all of it was sent"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_service_that_is_away_is_a_503_that_says_when_to_come_again() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        isAway("http://localhost:" + nobody);
    }

    @Test
    void a_service_whose_name_nobody_knows_is_away_too() {
        isAway("http://nobody.invalid:8081");
    }

    private static void isAway(String assets) {
        try (var alone = Installation.shared().start(Map.of("showreel.asset-url", assets))) {
            var routed = alone.get("/api/v3/clients");
            assertThat(routed.status()).as(routed.toString()).isEqualTo(503);
            assertThat(routed.header("Retry-After")).isNotNull();
            assertThat(routed.header("Content-Type")).isEqualTo("application/problem+json");

            var asked = alone.post("/api/v3/campaigns/" + UUID.randomUUID() + "/create-job", "{}", "Prefer", "wait=0");
            assertThat(asked.status()).as(asked.toString()).isEqualTo(503);
        }
    }
}
