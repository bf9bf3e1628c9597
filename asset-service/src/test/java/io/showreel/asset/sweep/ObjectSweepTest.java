package io.showreel.asset.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.showreel.asset.RunningService;
import io.showreel.objects.ObjectNotFoundException;
import io.showreel.objects.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;

class ObjectSweepTest extends RunningService {

    private static final SweepSettings AT_ONCE = new SweepSettings(Duration.ZERO, Duration.ZERO, Duration.ofHours(1));
    private static final SweepSettings PATIENT =
            new SweepSettings(Duration.ofHours(24), Duration.ZERO, Duration.ofHours(1));
    private static final SweepSettings HESITANT =
            new SweepSettings(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    Path folder;

    private ObjectStore objects;
    private ObjectSweep sweep;
    private DoomedObjects doomed;
    private String client;

    @BeforeEach
    void prepare() {
        objects = context.getBean(ObjectStore.class);
        sweep = context.getBean(ObjectSweep.class);
        doomed = context.getBean(DoomedObjects.class);
        client = newClient();
    }

    @Test
    void what_a_killed_upload_kept_without_a_row_goes_after_a_while() throws IOException {
        var object = keep("assets");
        var thumbnail = keep("thumbnails");
        sweep.sweep(PATIENT);
        assertThat(isThere(object)).isTrue();
        sweep.sweep(HESITANT);
        assertThat(isThere(object)).isTrue();
        sweep.sweep(AT_ONCE);
        assertThat(isThere(object)).isFalse();
        assertThat(isThere(thumbnail)).isFalse();
    }

    @Test
    void what_assets_refer_to_stays() throws IOException {
        var object = keep("assets");
        var thumbnail = keep("thumbnails");
        insert(object, thumbnail);
        sweep.sweep(AT_ONCE);
        assertThat(isThere(object)).isTrue();
        assertThat(isThere(thumbnail)).isTrue();
    }

    @Test
    void the_object_of_a_deleted_asset_stays_for_a_day_and_as_long_as_a_job_uses_it() throws IOException {
        var object = keep("assets");
        var asset = insert(object, keep("thumbnails"));
        delete("/api/v3/assets/" + asset).expectStatus().isNoContent();
        execute("insert into job values (" + asset.getMostSignificantBits() + ", uuidv7(), uuidv7(), 0, true, false)");
        execute("insert into asset_use values ('%s', %d)".formatted(asset, asset.getMostSignificantBits()));
        sweep.sweep(AT_ONCE);
        assertThat(isThere(object)).isTrue();
        execute("delete from asset_use where asset_id = '%s'".formatted(asset));
        sweep.sweep(PATIENT);
        assertThat(isThere(object)).isTrue();
        sweep.sweep(AT_ONCE);
        assertThat(isThere(object)).isFalse();
    }

    @Test
    void an_object_that_another_asset_shares_stays() throws IOException {
        var object = keep("assets");
        var asset = insert(object, keep("thumbnails"));
        insert(object, keep("thumbnails"));
        delete("/api/v3/assets/" + asset).expectStatus().isNoContent();
        sweep.sweep(AT_ONCE);
        assertThat(isThere(object)).isTrue();
    }

    @Test
    void who_keeps_the_same_bytes_again_keeps_them() throws IOException {
        var object = keep("assets");
        sweep.sweep(HESITANT);
        doomed.spare(List.of(shaOf(object))).block();
        assertThat(doomed.remove(object, () -> objects.delete(object)).block()).isFalse();
        assertThat(isThere(object)).isTrue();
    }

    @Test
    void what_got_an_owner_after_it_was_marked_stays() throws IOException {
        var object = keep("assets");
        sweep.sweep(HESITANT);
        insert(object, keep("thumbnails"));
        sweep.sweep(AT_ONCE);
        assertThat(isThere(object)).isTrue();
    }

    @Test
    void nothing_has_to_be_configured() {
        var settings = new Binder().bindOrCreate("showreel.sweep", SweepSettings.class);
        assertThat(settings.keep()).isEqualTo(Duration.ofHours(24));
    }

    private URI keep(String prefix) throws IOException {
        var file = Files.writeString(folder.resolve("file"), UUID.randomUUID().toString());
        return objects.keep(prefix, file, "image/jpeg");
    }

    private boolean isThere(URI object) {
        try {
            objects.stat(object);
            return true;
        } catch (ObjectNotFoundException e) {
            return false;
        }
    }

    private UUID insert(URI object, URI thumbnail) {
        return database.sql("""
                        insert into asset (type, name, client_id, size, content_type, sha256, object, thumbnail,
                            thumbnail_size)
                        values ('image', 'x', '%s', 36, 'image/jpeg', '%s', '%s', '%s', 36) returning id""".formatted(client, shaOf(object), object, thumbnail))
                .mapValue(UUID.class)
                .one()
                .block();
    }

    private void execute(String sql) {
        database.sql(sql).then().block();
    }

    private static String shaOf(URI object) {
        return object.getPath().replaceAll(".*/|\\..*", "");
    }
}
