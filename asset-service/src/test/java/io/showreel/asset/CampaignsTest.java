package io.showreel.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;

class CampaignsTest extends RunningService {

    @Test
    void a_campaign_lives_from_post_to_delete() {
        var client = newClient();
        var made = data(post("/api/v3/campaigns", """
                {"client_id": "%s", "name": "Retreat", "brief": {"tone": "calm", "audience": ["families"]},
                 "goal": "Bookings", "product_url": "http://example.com"}""".formatted(client)));
        var path = "/api/v3/campaigns/" + made.get("id");
        assertThat(made).containsEntry("client_id", client).containsEntry("status", "active");
        assertThat(made.get("brief").toString()).isEqualTo("{tone=calm, audience=[families]}");
        assertThat(data(get(path))).isEqualTo(made);

        var put = client().put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"brief\": \"Calm\", \"status\": \"archived\"}")
                .exchange();
        assertThat(data(put))
                .containsEntry("brief", "Calm")
                .containsEntry("status", "archived")
                .containsEntry("goal", "Bookings");

        delete(path).expectStatus().isNoContent();
        get(path).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"a\"} | client_id",
                "{\"name\": \"a\", \"client_id\": \"x\"} | client_id",
                "{\"name\": \"a\", \"client_id\": \"01900000-0000-7000-8000-000000000000\"} | client_id",
                "{\"name\": \"a\", \"brief\": 5} | brief",
                "{\"name\": \"a\", \"brief\": [1]} | brief",
                "{\"name\": \"a\", \"product_url\": \"ftp://x\"} | product_url",
                "{\"name\": \"a\", \"num_scenes\": 4} | num_scenes"
            })
    void a_wrong_field_is_a_422_that_names_it(String body, String field) {
        var complete = field.equals("client_id")
                ? body
                : body.replaceFirst("\\{", "{\"client_id\": \"" + newClient() + "\", ");
        post("/api/v3/campaigns", complete)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.details['" + field + "'][0]")
                .exists();
    }

    @Test
    void lists_are_narrowed_by_client_and_status() {
        var client = newClient();
        var first = newCampaign(client);
        var second = newCampaign(client);
        newCampaign(newClient());
        patch("/api/v3/campaigns/" + first, "{\"status\": \"paused\"}")
                .expectStatus()
                .isOk();
        for (var path :
                new String[] {"/api/v3/campaigns?client_id=" + client, "/api/v3/clients/" + client + "/campaigns"}) {
            get(path)
                    .expectBody()
                    .jsonPath("$.meta.total")
                    .isEqualTo(2)
                    .jsonPath("$.data[0].id")
                    .isEqualTo(second);
        }
        get("/api/v3/campaigns?status=paused&client_id=" + client)
                .expectBody()
                .jsonPath("$.meta.total")
                .isEqualTo(1)
                .jsonPath("$.data[0].id")
                .isEqualTo(first);
        get("/api/v3/clients/" + UUID.randomUUID() + "/campaigns")
                .expectStatus()
                .isNotFound();
        get("/api/v3/campaigns?client_id=nobody").expectStatus().isEqualTo(422);
    }

    @Test
    void a_repeated_create_answers_with_the_same_campaign() {
        var body = "{\"name\": \"a\", \"client_id\": \"%s\"}".formatted(newClient());
        var key = UUID.randomUUID().toString();
        assertThat(id(post("/api/v3/campaigns", body, "Idempotency-Key", key)))
                .isEqualTo(id(post("/api/v3/campaigns", body, "Idempotency-Key", key)));
    }
}
