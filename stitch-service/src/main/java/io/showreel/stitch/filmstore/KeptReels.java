package io.showreel.stitch.filmstore;

import io.r2dbc.spi.Readable;
import io.showreel.messaging.WireJson;
import io.showreel.stitch.assembly.Claims;
import io.showreel.stitch.assembly.CutId;
import io.showreel.stitch.editing.Footage;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What was made of clips to go into films, by what it was made of and how. All in the caller's transaction. */
@Repository
public class KeptReels {

    private static final JsonMapper JSON = WireJson.mapper();

    private final DatabaseClient database;
    private final Claims claims;

    KeptReels(DatabaseClient database, Claims claims) {
        this.database = database;
        this.claims = claims;
    }

    /**
     * A reel in the object store.
     *
     * @param file the clip's own object if it goes into films as it is
     * @param own whether the file was made here
     * @param contents of its coded pictures; empty if unknown
     * @param best a JPEG of its best frame, and how good that is
     * @param strip a PNG of so many small pictures
     */
    public record KeptReel(
            URI file,
            boolean own,
            Footage footage,
            List<String> contents,
            URI best,
            double score,
            URI strip,
            int tiles,
            int step) {

        @SuppressWarnings("NullAway") // Reels of earlier versions say nothing of them.
        public KeptReel {
            contents = contents == null ? List.of() : List.copyOf(contents);
        }

        /** The names of the objects that go with it. */
        public List<String> names() {
            return Stream.concat(own ? Stream.of(file) : Stream.empty(), Stream.of(best, strip))
                    .map(object -> object.getPath().substring(1))
                    .toList();
        }
    }

    /** The reel, which the cut claims from now on; empty if there is none. */
    public Mono<KeptReel> claim(CutId cut, String key) {
        // Once its names are locked, the reel can't vanish any more; it may have before.
        return find(key).flatMap(found -> claims.claim(cut, found.names()).then(find(key)));
    }

    /** Its names have to be claimed. */
    public Mono<Void> keep(String key, KeptReel reel) {
        return database.sql("""
            insert into reel (key, names, document) values (:key, :names, cast(:document as jsonb))
            on conflict (key) do update set names = excluded.names, document = excluded.document
            """)
                .bind("key", key)
                .bind("names", reel.names().toArray(String[]::new))
                .bind("document", JSON.writeValueAsString(reel))
                .then();
    }

    /** Nobody can find reels any more that consist of this object. */
    public Mono<Void> forget(String name) {
        return database.sql("delete from reel where names @> array[cast(:name as text)]")
                .bind("name", name)
                .then();
    }

    private Mono<KeptReel> find(String key) {
        return database.sql("select document::text as document from reel where key = :key")
                .bind("key", key)
                .map(KeptReels::read)
                .one();
    }

    private static KeptReel read(Readable row) {
        return JSON.readValue(Objects.requireNonNull(row.get("document", String.class)), KeptReel.class);
    }
}
