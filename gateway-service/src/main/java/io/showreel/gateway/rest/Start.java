package io.showreel.gateway.rest;

import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What stands at the root: where the API is. */
@RestController
class Start {

    @Hidden
    @GetMapping("/api/openapi")
    ResponseEntity<Void> openapi() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/api/openapi.json"))
                .build();
    }

    @Hidden
    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> start() {
        return Map.of(
                "name", "Showreel", "api", Portrait.API, "openapi", "/api/openapi.json", "health", "/actuator/health");
    }
}
