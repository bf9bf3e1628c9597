package io.showreel.gateway.routes;

import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.web.RequestId;
import io.showreel.web.WebJson;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** The testing tools that other services answer. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "showreel.testing.enabled", matchIfMissing = true)
class LabRoutes {

    @Bean
    RouteLocator routesToTestingTools(RouteLocatorBuilder routes, Neighbours neighbours) {
        return routes.routes()
                .route("scene-templates", route -> route.path(
                                "/api/v3/testing/scene-templates",
                                "/api/v3/testing/scene-templates/adapt",
                                "/api/v3/testing/prompt-preview",
                                "/api/v3/testing/voiceover/script")
                        .filters(filters -> filters.rewritePath(
                                        "/api/v3/testing/(?<tool>.*)", "/internal/testing/${tool}")
                                .dedupeResponseHeader(RequestId.HEADER, "RETAIN_FIRST"))
                        .uri(neighbours.selectionUrl()))
                .route("testing-campaigns", route -> route.method(HttpMethod.GET)
                        .and()
                        .path("/api/v3/testing/campaigns", "/api/v3/testing/campaigns/{id}/assets")
                        .filters(filters -> filters.rewritePath("/api/v3/testing/(?<rest>.*)", "/api/v3/${rest}")
                                .modifyResponseBody(ObjectNode.class, ObjectNode.class, LabRoutes::successfully)
                                .filter((exchange, chain) -> chain.filter(Routes.introduced(exchange)))
                                .dedupeResponseHeader(RequestId.HEADER, "RETAIN_FIRST"))
                        .uri(neighbours.assetUrl()))
                .build();
    }

    private static Mono<ObjectNode> successfully(ServerWebExchange exchange, @Nullable ObjectNode answer) {
        if (answer == null) {
            return Mono.empty();
        }
        var status = exchange.getResponse().getStatusCode();
        return Mono.just(
                status == null || status.is2xxSuccessful()
                        ? WebJson.mapper()
                                .createObjectNode()
                                .put("success", true)
                                .setAll(answer)
                        : answer);
    }
}
