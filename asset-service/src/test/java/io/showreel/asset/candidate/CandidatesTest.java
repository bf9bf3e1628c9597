package io.showreel.asset.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.asset.RunningService;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CandidatesTest extends RunningService {

    @Test
    void a_campaign_comes_with_its_live_photos_in_natural_order() {
        var client = newClient();
        var campaign = newCampaign(client);
        add(client, campaign, "kitchen 10", "image");
        var two = add(client, campaign, "kitchen 2", "image");
        add(client, campaign, "a tour", "video");
        add(client, null, "another", "image");
        var gone = add(client, campaign, "kitchen 1", "image");
        delete("/api/v3/assets/" + gone).expectStatus().isNoContent();

        get("/internal/campaigns/" + campaign + "/candidates")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.photos[*].name")
                .isEqualTo(List.of("kitchen 2", "kitchen 10"))
                .jsonPath("$.photos[0].asset_id")
                .isEqualTo(two)
                .jsonPath("$.photos[0].object")
                .isEqualTo("s3://showreel/assets/kitchen 2.jpg".replace(" ", "-"))
                .jsonPath("$.photos[0].tags")
                .isEqualTo(List.of("inside"))
                .jsonPath("$.photos[0].width")
                .isEqualTo(1280)
                .jsonPath("$.campaign.id")
                .isEqualTo(campaign)
                .jsonPath("$.campaign.client_id")
                .isEqualTo(client)
                .jsonPath("$.campaign.brief")
                .isEqualTo("Quiet luxury")
                .jsonPath("$.client.name")
                .isEqualTo("Alpine Stays")
                .jsonPath("$.client.brand_guidelines")
                .isEqualTo("Warm light");
    }

    @Test
    void a_structured_brief_is_its_json() {
        var campaign = newCampaign(newClient());
        patch("/api/v3/campaigns/" + campaign, "{\"brief\": {\"tone\": \"calm\", \"a\": 1}}")
                .expectStatus()
                .isOk();
        get("/internal/campaigns/" + campaign + "/candidates")
                .expectBody()
                .jsonPath("$.campaign.brief")
                .value(String.class, brief -> assertThat(brief).contains("\"tone\":\"calm\""));
    }

    @Test
    void a_campaign_without_photos_has_none_and_an_unknown_one_is_not_there() {
        get("/internal/campaigns/" + newCampaign(newClient()) + "/candidates")
                .expectBody()
                .jsonPath("$.photos.length()")
                .isEqualTo(0);
        get("/internal/campaigns/" + UUID.randomUUID() + "/candidates")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("not_found");
    }

    @Test
    void photos_are_looked_up_in_the_order_asked() {
        var client = newClient();
        var one = add(client, null, "one", "image");
        var two = add(client, null, "two", "image");
        var film = add(client, null, "film", "video");
        post(
                        "/internal/assets/lookup",
                        "{\"ids\": [\"%s\", \"%s\", \"%s\", \"%s\"]}".formatted(two, UUID.randomUUID(), film, one))
                .expectBody()
                .jsonPath("$.photos[*].name")
                .isEqualTo(List.of("two", "one"));
        post("/internal/assets/lookup", "{}").expectStatus().isEqualTo(422);
    }

    private String add(String client, String campaign, String name, String type) {
        var statement = database.sql("""
                        insert into asset (type, name, tags, client_id, campaign_id, width, height, size, content_type,
                            sha256, object)
                        values (:type, :name, array['inside'], :client::uuid, :campaign::uuid, 1280, 720, 1,
                            'image/jpeg', repeat('0', 64), :object)
                        returning id""")
                .bind("type", type)
                .bind("name", name)
                .bind("client", client)
                .bind("object", "s3://showreel/assets/" + name.replace(" ", "-") + ".jpg");
        return (campaign == null ? statement.bindNull("campaign", String.class) : statement.bind("campaign", campaign))
                .map(row -> row.get("id", UUID.class).toString())
                .one()
                .block();
    }
}
