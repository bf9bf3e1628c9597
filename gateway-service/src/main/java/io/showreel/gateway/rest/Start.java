package io.showreel.gateway.rest;

import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What stands at the root: where the API is. */
@RestController
class Start {

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> start() {
        return Map.of("name", "Showreel", "api", Portrait.API, "health", "/actuator/health");
    }
}
