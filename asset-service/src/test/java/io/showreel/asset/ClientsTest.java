package io.showreel.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest extends RunningService {

    @Test
    void a_client_lives_from_post_to_delete() {
        var made = data(post("/api/v3/clients", """
                {"name": "Alpine Stays", "description": "Chalets", "homepage": "https://alpine.example/a?b=c",
                 "brand_guidelines": "Warm light", "metadata": {"tier": 1}}"""));
        var path = "/api/v3/clients/" + made.get("id");
        assertThat(UUID.fromString((String) made.get("id")).version()).isEqualTo(7);
        assertThat((String) made.get("inserted_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
        assertThat(data(get(path))).isEqualTo(made);

        var changed = data(patch(path, "{\"description\": null, \"name\": \"Alpine\"}"));
        assertThat(changed)
                .containsEntry("name", "Alpine")
                .containsEntry("description", null)
                .containsEntry("homepage", "https://alpine.example/a?b=c")
                .containsEntry("metadata", made.get("metadata"));

        delete(path).expectStatus().isNoContent();
        get(path).expectStatus().isNotFound();
        delete(path).expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name",
                "{\"name\": \"\"} | name",
                "{\"name\": null} | name",
                "{\"name\": 7} | name",
                "{\"name\": \"a\", \"homepage\": \"javascript:alert(1)\"} | homepage",
                "{\"name\": \"a\", \"metadata\": []} | metadata",
                "{\"name\": \"a\", \"Name\": \"b\"} | Name",
                "{\"name\": \"a\", \"id\": \"b\"} | id",
                "{\"name\": \"a\\u0000b\"} | request"
            })
    void a_wrong_field_is_a_422_that_names_it(String body, String field) {
        post("/api/v3/clients", body)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("validation_failed")
                .jsonPath("$.error.details['" + field + "'][0]")
                .exists();
    }

    @Test
    void a_name_may_have_255_characters_and_no_more() {
        post("/api/v3/clients", "{\"name\": \"" + "ü".repeat(255) + "\"}")
                .expectStatus()
                .isCreated();
        post("/api/v3/clients", "{\"name\": \"" + "ü".repeat(256) + "\"}")
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void a_client_with_campaigns_stays() {
        var client = newClient();
        var campaign = newCampaign(client);
        delete("/api/v3/clients/" + client)
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("client_in_use");
        delete("/api/v3/campaigns/" + campaign).expectStatus().isNoContent();
        delete("/api/v3/clients/" + client).expectStatus().isNoContent();
    }

    @Test
    void lists_are_newest_first_and_paged() {
        var older = newClient();
        var newer = newClient();
        get("/api/v3/clients?limit=2")
                .expectBody()
                .jsonPath("$.data[0].id")
                .isEqualTo(newer)
                .jsonPath("$.data[1].id")
                .isEqualTo(older)
                .jsonPath("$.meta.limit")
                .isEqualTo(2);
        get("/api/v3/clients?limit=1&offset=1")
                .expectBody()
                .jsonPath("$.data[0].id")
                .isEqualTo(older)
                .jsonPath("$.data.length()")
                .isEqualTo(1);
        get("/api/v3/clients?offset=100000")
                .expectBody()
                .jsonPath("$.data.length()")
                .isEqualTo(0)
                .jsonPath("$.meta.total")
                .value(Integer.class, total -> assertThat(total).isGreaterThanOrEqualTo(2));
    }

    @Test
    void a_key_bound_to_clients_sees_nothing_of_others() {
        var own = newClient();
        var foreign = newClient();
        var foreignCampaign = newCampaign(foreign);
        var bound = new String[] {Caller.CLIENTS_HEADER, own};
        get("/api/v3/clients", bound)
                .expectBody()
                .jsonPath("$.meta.total")
                .isEqualTo(1)
                .jsonPath("$.data[0].id")
                .isEqualTo(own);
        get("/api/v3/clients/" + own, bound).expectStatus().isOk();
        get("/api/v3/clients/" + foreign, bound).expectStatus().isNotFound();
        get("/api/v3/clients/" + foreign + "/campaigns", bound).expectStatus().isNotFound();
        get("/api/v3/campaigns/" + foreignCampaign, bound).expectStatus().isNotFound();
        get("/api/v3/campaigns/" + foreignCampaign + "/assets", bound)
                .expectStatus()
                .isNotFound();
        get("/internal/campaigns/" + foreignCampaign + "/candidates", bound)
                .expectStatus()
                .isNotFound();
        delete("/api/v3/campaigns/" + foreignCampaign, bound).expectStatus().isNotFound();
        delete("/api/v3/clients/" + foreign, bound).expectStatus().isNotFound();
        post("/api/v3/clients", "{\"name\": \"x\"}", bound).expectStatus().isForbidden();
        post("/api/v3/campaigns", "{\"name\": \"x\", \"client_id\": \"%s\"}".formatted(foreign), bound)
                .expectStatus()
                .isEqualTo(422);
        get("/api/v3/clients", Caller.CLIENTS_HEADER, "not-an-id")
                .expectBody()
                .jsonPath("$.meta.total")
                .isEqualTo(0);
    }

    @Test
    void twins_with_one_key_make_one_client() {
        var name = "Twin " + UUID.randomUUID();
        var body = "{\"name\": \"%s\"}".formatted(name);
        var key = UUID.randomUUID().toString();
        var answers = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> post("/api/v3/clients", body, "Idempotency-Key", key)
                        .expectBody(String.class)
                        .returnResult())
                .toList();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.getStatus().value()).isIn(201, 409))
                .anySatisfy(answer -> assertThat(answer.getStatus().value()).isEqualTo(201));
        assertThat(answers.stream()
                        .filter(answer -> answer.getStatus().value() == 409)
                        .map(answer -> answer.getResponseHeaders().getFirst("Retry-After")))
                .allMatch("1"::equals);
        assertThat(database.sql("select count(*) from client where name = :name")
                        .bind("name", name)
                        .map(row -> row.get(0, Long.class))
                        .one()
                        .block())
                .isEqualTo(1);

        var again = data(post("/api/v3/clients", "{ \"name\":\"%s\" }".formatted(name), "Idempotency-Key", key));
        patch("/api/v3/clients/" + again.get("id"), "{\"name\": \"Renamed\"}")
                .expectStatus()
                .isOk();
        post("/api/v3/clients", body, "Idempotency-Key", key)
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.data.id")
                .isEqualTo(Objects.requireNonNull(again.get("id")))
                .jsonPath("$.data.name")
                .isEqualTo("Renamed");
        post("/api/v3/clients", "{\"name\": \"Other\"}", "Idempotency-Key", key)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("idempotency_key_reused");
    }

    @Test
    void what_is_not_there_is_a_problem() {
        get("/api/v3/clients/" + UUID.randomUUID())
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json");
        get("/api/v3/clients/no-uuid").expectStatus().isNotFound();
        get("/api/v3/clients/" + newClient() + "/nothing").expectStatus().isNotFound();
    }
}
