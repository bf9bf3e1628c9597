package io.showreel.sandbox.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.sandbox.Client;
import io.showreel.sandbox.Json;
import io.showreel.sandbox.Sandbox;
import io.showreel.sandbox.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
    @TempDir
    Path home;

    @Test
    void outputs_are_public_and_a_key_is_refused() {
        try (var sandbox = Sandbox.start(Settings.in(home).instantly())) {
            var client = new Client(sandbox.apiUrl());
            var output = client.create("google/veo-3.1-fast", Json.object().put("prompt", "p"), "Prefer", "wait")
                    .text("output");

            var fetched = Client.fetch(output);

            assertThat(fetched.statusCode()).isEqualTo(200);
            assertThat(fetched.headers().firstValue("content-type")).contains("video/mp4");
            assertThat(new String(fetched.body(), 4, 4, StandardCharsets.US_ASCII))
                    .isEqualTo("ftyp");
            assertThat(Client.fetch(output, "authorization", "Bearer tester").statusCode())
                    .isEqualTo(400);
            assertThat(sandbox.requests())
                    .filteredOn(seen -> seen.origin().equals("delivery"))
                    .extracting(seen -> seen.status())
                    .containsExactly(200, 400);
        }
    }

    @Test
    void what_is_not_on_the_shelf_is_not_found() {
        try (var sandbox = Sandbox.start(Settings.in(home).instantly())) {
            assertThat(Client.fetch(sandbox.deliveryUrl() + "/xezq/nothing/tmp.mp4")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Client.fetch(sandbox.deliveryUrl() + "/xezq/%2e%2e%2fpredictions/tmp.jsonl")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
