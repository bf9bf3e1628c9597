package io.showreel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static final Path COMMITTED = Path.of("../docs/openapi.json");
    private static final String WRITE = "showreel.openapi.write";

    private final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Test
    void the_committed_description_is_the_one_that_the_gateway_gives() throws IOException {
        var given = Installation.shared().gateway.get("/api/openapi.json");
        assertThat(given.status()).isEqualTo(200);
        var text = json.writeValueAsString(json.treeToValue(given.json(), Map.class)) + "\n";
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(COMMITTED, text);
        }

        assertThat(COMMITTED)
                .as("stale? ./mvnw test -pl gateway-service -Dtest=OpenApiTest -D%s=true writes it", WRITE)
                .content()
                .isEqualTo(text);
    }

    @Test
    void the_description_speaks_as_the_wire_does() {
        var document = Installation.shared().gateway.get("/api/openapi").response();
        assertThat(document.statusCode()).isEqualTo(302);
        var given = Installation.shared().gateway.get("/api/openapi.json").json();
        var paths = given.path("paths").propertyNames();
        assertThat(paths)
                .contains(
                        "/api/v3/campaigns/{campaignId}/create-job",
                        "/api/v3/jobs/{jobId}",
                        "/api/v3/jobs/{jobId}/approve",
                        "/api/v3/jobs/{jobId}/scenes/{sceneId}",
                        "/api/v3/videos/{jobId}/combined");
        var job = given.path("components").path("schemas").path("JobView").path("properties");
        assertThat(job.propertyNames()).contains("job_id", "current_stage", "estimated_completion_at");
        assertThat(job.path("type").path("enum").get(0).asString()).isEqualTo("image_pairs");
    }
}
