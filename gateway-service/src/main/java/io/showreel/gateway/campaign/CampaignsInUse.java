package io.showreel.gateway.campaign;

import io.showreel.gateway.access.Caller;
import io.showreel.web.ApiException;
import java.util.UUID;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Stops the deletion of a campaign that has jobs before it reaches the campaign's owner, who hears of a job only some
 * time after it was made. Other clients' campaigns are left to that owner, who knows nothing of them for such a caller.
 */
@Component
public class CampaignsInUse implements GatewayFilter {

    /** The part of the route's path that names the campaign. */
    public static final String CAMPAIGN = "campaign";

    private final DatabaseClient database;

    CampaignsInUse(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var named = ServerWebExchangeUtils.getUriTemplateVariables(exchange).get(CAMPAIGN);
        return isInUse(named == null ? "" : named, Caller.of(exchange))
                .flatMap(used -> used
                        ? Mono.error(ApiException.conflict("campaign_in_use", "The campaign still has jobs."))
                        : chain.filter(exchange));
    }

    private Mono<Boolean> isInUse(String named, Caller caller) {
        UUID campaign;
        try {
            campaign = UUID.fromString(named);
        } catch (IllegalArgumentException e) {
            return Mono.just(false);
        }
        return database.sql("select exists (select from job where campaign_id = $1"
                        + " and (cardinality($2::uuid[]) = 0 or client_id = any($2::uuid[])))")
                .bind(0, campaign)
                .bind(1, caller.clients().toArray(UUID[]::new))
                .mapValue(Boolean.class)
                .one();
    }
}
