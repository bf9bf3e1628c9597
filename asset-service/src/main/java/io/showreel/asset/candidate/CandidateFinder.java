package io.showreel.asset.candidate;

import io.r2dbc.spi.Readable;
import io.showreel.asset.Caller;
import io.showreel.asset.Columns;
import io.showreel.asset.candidate.Candidates.CampaignInBrief;
import io.showreel.asset.candidate.Candidates.ClientInBrief;
import io.showreel.asset.candidate.Candidates.Photo;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Looks candidates up. */
@Repository
class CandidateFinder {

    private static final String PHOTO = "id, name, tags, description, object, width, height, client_id";
    private static final String LIVE_IMAGE = "type = 'image' and deleted_at is null";
    private static final Comparator<Photo> BY_NAME =
            Comparator.comparing(Photo::name, new NaturalOrder()).thenComparing(Photo::assetId);

    private final DatabaseClient database;

    CandidateFinder(DatabaseClient database) {
        this.database = database;
    }

    Mono<Candidates> ofCampaign(UUID campaign, Caller caller) {
        return database.sql("""
                        select campaign.id, client_id, campaign.name, brief::text as brief, goal,
                            client.name as client_name, brand_guidelines
                        from campaign join client on client.id = client_id
                        where campaign.id = :id""")
                .bind("id", campaign)
                .map(CandidateFinder::readWithoutPhotos)
                .one()
                .filter(found -> caller.sees(found.client().id()))
                .zipWith(
                        photosOf(campaign),
                        (found, photos) -> new Candidates(found.campaign(), found.client(), photos));
    }

    /** Those of the asked that are there, in the order asked. */
    Mono<List<Photo>> byId(List<UUID> ids, Caller caller) {
        return database.sql("select %s from asset where id = any(:ids) and %s order by array_position(:ids::uuid[], id)"
                        .formatted(PHOTO, LIVE_IMAGE))
                .bind("ids", ids.toArray(UUID[]::new))
                .map(row -> caller.sees(row.get("client_id", UUID.class)) ? List.of(readPhoto(row)) : List.<Photo>of())
                .all()
                .flatMapIterable(photos -> photos)
                .collectList();
    }

    private Mono<List<Photo>> photosOf(UUID campaign) {
        return database.sql("select %s from asset where campaign_id = :id and %s".formatted(PHOTO, LIVE_IMAGE))
                .bind("id", campaign)
                .map(CandidateFinder::readPhoto)
                .all()
                .collectSortedList(BY_NAME);
    }

    private static Candidates readWithoutPhotos(Readable row) {
        var client = Columns.get(row, "client_id", UUID.class);
        return new Candidates(
                new CampaignInBrief(
                        Columns.get(row, "id", UUID.class),
                        client,
                        Columns.get(row, "name", String.class),
                        textOf(Columns.json(row, "brief")),
                        row.get("goal", String.class)),
                new ClientInBrief(
                        client,
                        Columns.get(row, "client_name", String.class),
                        row.get("brand_guidelines", String.class)),
                List.of());
    }

    private static @Nullable String textOf(@Nullable JsonNode brief) {
        if (brief == null) {
            return null;
        }
        return brief.isString() ? brief.asString() : brief.toString();
    }

    private static Photo readPhoto(Readable row) {
        return new Photo(
                Columns.get(row, "id", UUID.class),
                Columns.get(row, "name", String.class),
                List.of(Columns.get(row, "tags", String[].class)),
                row.get("description", String.class),
                URI.create(Columns.get(row, "object", String.class)),
                row.get("width", Integer.class),
                row.get("height", Integer.class));
    }
}
