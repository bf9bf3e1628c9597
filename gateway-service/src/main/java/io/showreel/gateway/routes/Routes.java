package io.showreel.gateway.routes;

import io.showreel.gateway.access.Caller;
import io.showreel.gateway.campaign.CampaignsInUse;
import io.showreel.gateway.neighbours.Neighbours;
import io.showreel.web.RequestId;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * What other services answer under the gateway's name. Bodies pass through as they come, so an upload is never held here.
 * The other services trust what these headers say of the caller, so nobody else may set them.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

    private static final String KEY = "X-Showreel-Key";
    private static final String CLIENTS = "X-Showreel-Clients";

    @Bean
    RouteLocator routesToOtherServices(RouteLocatorBuilder routes, Neighbours neighbours, CampaignsInUse inUse) {
        return routes.routes()
                .route("deletion-of-campaigns", route -> route.method(HttpMethod.DELETE)
                        .and()
                        .path("/api/v3/campaigns/{" + CampaignsInUse.CAMPAIGN + "}")
                        .filters(filters -> filters.filter(inUse)
                                .filter((exchange, chain) -> chain.filter(introduced(exchange)))
                                .dedupeResponseHeader(RequestId.HEADER, "RETAIN_FIRST"))
                        .uri(neighbours.assetUrl()))
                .route("assets", route -> route.path(
                                "/api/v3/clients",
                                "/api/v3/clients/**",
                                "/api/v3/campaigns",
                                "/api/v3/campaigns/**",
                                "/api/v3/assets",
                                "/api/v3/assets/**")
                        .filters(filters -> filters.filter((exchange, chain) -> chain.filter(introduced(exchange)))
                                .dedupeResponseHeader(RequestId.HEADER, "RETAIN_FIRST"))
                        .uri(neighbours.assetUrl()))
                .route("webhooks", route -> route.method(HttpMethod.POST)
                        .and()
                        .path("/api/webhooks/replicate")
                        .filters(filters -> filters.setPath("/internal/webhooks/replicate")
                                .filter((exchange, chain) -> chain.filter(introduced(exchange))))
                        .uri(neighbours.renderUrl()))
                .build();
    }

    static ServerWebExchange introduced(ServerWebExchange exchange) {
        var caller = Caller.of(exchange);
        return exchange.mutate()
                .request(request -> request.headers(headers -> {
                    headers.remove(KEY);
                    headers.remove(CLIENTS);
                    headers.remove("X-API-Key");
                    if (caller.known()) {
                        headers.set(KEY, caller.name());
                    }
                    if (!caller.clients().isEmpty()) {
                        headers.set(
                                CLIENTS,
                                caller.clients().stream().map(UUID::toString).collect(Collectors.joining(",")));
                    }
                }))
                .build();
    }
}
