package io.showreel.asset.job;

import io.r2dbc.spi.Readable;
import io.showreel.asset.Caller;
import io.showreel.asset.Columns;
import io.showreel.contracts.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Adds up what films there are and what was spent; what deleted jobs have spent stays spent. */
@Repository
class Stats {

    private static final String SUMS = """
            (select count(*) from job where %1$s = :id and filmed and not deleted) as videos,
            (select coalesce(sum(spent), 0) from job where %1$s = :id) as spent,
            (select count(*) from job where %1$s = :id and filmed) as filmed""";

    private final DatabaseClient database;

    Stats(DatabaseClient database) {
        this.database = database;
    }

    record OfClient(long campaignCount, long videoCount, Usd totalSpend) {}

    /** @param avgCost of a film, including what was spent in vain; zero while there is none */
    record OfCampaign(long videoCount, Usd totalSpend, Usd avgCost) {}

    Mono<OfClient> ofClient(UUID client, Caller caller) {
        return database.sql("select id, (select count(*) from campaign where client_id = :id) as campaigns, %s"
                                .formatted(SUMS.formatted("client_id"))
                        + " from client where id = :id")
                .bind("id", client)
                .map(row -> new OfClient(
                        Columns.get(row, "campaigns", Long.class), Columns.get(row, "videos", Long.class), spent(row)))
                .one()
                .filter(found -> caller.sees(client));
    }

    Mono<OfCampaign> ofCampaign(UUID campaign, Caller caller) {
        return database.sql(
                        "select client_id, %s from campaign where id = :id".formatted(SUMS.formatted("campaign_id")))
                .bind("id", campaign)
                .map(row -> caller.sees(row.get("client_id", UUID.class))
                        ? Mono.just(new OfCampaign(Columns.get(row, "videos", Long.class), spent(row), average(row)))
                        : Mono.<OfCampaign>empty())
                .one()
                .flatMap(found -> found);
    }

    private static Usd spent(Readable row) {
        return new Usd(Columns.get(row, "spent", BigDecimal.class));
    }

    private static Usd average(Readable row) {
        var films = Columns.get(row, "filmed", Long.class);
        return films == 0
                ? Usd.ZERO
                : new Usd(spent(row).amount().divide(BigDecimal.valueOf(films), MathContext.DECIMAL64));
    }
}
