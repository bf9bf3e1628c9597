package io.showreel.gateway.video;

import io.showreel.contracts.scene.TakeKind;
import io.showreel.gateway.job.Cut;
import io.showreel.gateway.job.Film;
import io.showreel.gateway.job.Job;
import io.showreel.gateway.job.KeptCuts.KeptCut;
import io.showreel.gateway.job.Rendition;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.job.Take;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that can be watched of a job, by the name under which it is served: the newest of each, and each by its version.
 *
 * @param version of the job
 */
record Programme(long version, UUID clientId, Map<String, Media> newest, Map<String, Media> versions) {

    static final String FILM = "combined";
    static final String THUMBNAIL = "thumbnail";
    static final String POSTER = "poster";
    static final String SPRITE = "sprite.jpg";
    static final String TRACK = "track.vtt";

    static String clip(UUID sceneId) {
        return "clips/" + sceneId;
    }

    static String clipThumbnail(UUID sceneId) {
        return clip(sceneId) + "/thumbnail";
    }

    static String rendition(UUID renditionId) {
        return "renditions/" + renditionId;
    }

    /** @param ended cuts that can be returned to, the oldest first */
    static Programme of(StoredJob job, List<KeptCut> ended) {
        var making = new Making(job.order().videoName());
        if (job.state() instanceof Job.Completed completed) {
            making.add(completed.film());
            completed.renditions().forEach(making::add);
        }
        var storyboard = Job.storyboardOf(job.state());
        if (storyboard != null) {
            storyboard.scenes().stream()
                    .flatMap(scene -> Optional.ofNullable(scene.kept()).stream())
                    .forEach(making::add);
        }
        var latest = Job.cutOf(job.state());
        if (latest != null) {
            latest.takes().forEach(making::add);
        }
        for (var earlier : ended.reversed()) {
            earlier.cut().takes().forEach(making::add);
            if (job.state() instanceof Job.Completed
                    && earlier.cut().ended().orElse(null) instanceof Cut.End.Published published) {
                making.add(published.film());
            }
        }
        return new Programme(
                job.version(), job.order().clientId(), Map.copyOf(making.newest), Map.copyOf(making.versions));
    }

    /** @param version null for the newest; one that is unknown is not there */
    Optional<Media> find(String name, @Nullable String version) {
        return Optional.ofNullable(version == null ? newest.get(name) : versions.get(key(name, version)));
    }

    private static String key(String name, String version) {
        return name + "?v=" + version;
    }

    /** Gathers it from the newest to the oldest. */
    private static final class Making {

        private final Map<String, Media> newest = new HashMap<>();
        private final Map<String, Media> versions = new HashMap<>();
        private final String title;

        Making(String title) {
            this.title = title;
        }

        void add(Film film) {
            var revision = Integer.toString(film.revision());
            add(FILM, new Media(film.object(), revision, "video/mp4", title + ".mp4"));
            add(THUMBNAIL, film.thumbnail(), revision, "image/jpeg", title + ".jpg");
            var showcase = film.showcase();
            if (showcase != null) {
                add(POSTER, showcase.poster(), revision, "image/webp", title + ".webp");
                add(SPRITE, showcase.sprite(), revision, "image/jpeg", title + ".sprite.jpg");
                add(TRACK, showcase.track(), revision, "text/vtt", title + ".vtt");
            }
        }

        void add(Rendition rendition) {
            var file = rendition.file();
            if (file != null) {
                var version = rendition.id().toString();
                add(rendition(rendition.id()), new Media(file.object(), version, "video/mp4", title + ".mp4"));
            }
        }

        void add(Take take) {
            if (take.kind() == TakeKind.CLIP
                    && take.sceneId() != null
                    && take.end() instanceof Take.End.Rendered rendered) {
                add(
                        clip(take.sceneId()),
                        new Media(
                                rendered.object(),
                                take.id().toString(),
                                rendered.contentType(),
                                "clip_" + take.sceneId() + ".mp4"));
                add(
                        clipThumbnail(take.sceneId()),
                        take.thumbnail(),
                        take.id().toString(),
                        "image/jpeg",
                        "clip_" + take.sceneId() + ".jpg");
            }
        }

        private void add(String name, @Nullable URI object, String version, String contentType, String fileName) {
            if (object != null) {
                add(name, new Media(object, version, contentType, fileName));
            }
        }

        private void add(String name, Media media) {
            newest.putIfAbsent(name, media);
            versions.putIfAbsent(key(name, media.version()), media);
        }
    }
}
