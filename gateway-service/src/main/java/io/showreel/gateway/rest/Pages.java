package io.showreel.gateway.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.live.LiveJobs;
import io.showreel.web.MediaLinks;
import io.showreel.web.WebJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The bytes that polls are answered with. A page is kept only while changes by other replicas are heard, and only if
 * nobody heard of a newer version: an invalidation that overtakes a read would otherwise leave the old page behind.
 */
@Component
class Pages implements LiveJobs.Listener {

    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final long WEIGHT = 64L * 1024 * 1024;

    private final Cache<Long, Page> pages = Caffeine.newBuilder()
            .expireAfterWrite(AT_MOST)
            .maximumWeight(WEIGHT)
            .weigher((Long id, Page page) -> page.bytes().length + 200)
            .build();
    private final Jobs jobs;
    private final LiveJobs live;
    private final Portrait portrait;
    private final MediaLinks links;

    Pages(Jobs jobs, LiveJobs live, Portrait portrait, MediaLinks links) {
        this.jobs = jobs;
        this.live = live;
        this.portrait = portrait;
        this.links = links;
        live.tell(this);
    }

    /** The page if it is at hand and new. */
    @Nullable
    Page cached(long jobId) {
        var page = live.listening() ? pages.getIfPresent(jobId) : null;
        return page != null && page.expiry() == expiry() ? page : null;
    }

    Mono<Page> page(long jobId) {
        return Mono.defer(() -> {
            var cached = cached(jobId);
            if (cached != null) {
                return Mono.just(cached);
            }
            long hearings = live.hearings();
            return jobs.find(jobId).map(this::draw).doOnNext(page -> keep(page, hearings));
        });
    }

    Page draw(StoredJob stored) {
        long expiry = expiry();
        var etag = expiry == 0 ? "\"" + stored.version() + "\"" : "\"" + stored.version() + "-" + expiry + "\"";
        return new Page(
                stored.id(),
                stored.version(),
                stored.order().clientId(),
                expiry,
                etag,
                WebJson.mapper().writeValueAsBytes(portrait.job(stored)));
    }

    private long expiry() {
        return links.sign() ? links.expiry() : 0;
    }

    private void keep(Page page, long hearings) {
        if (!live.listening() || live.hearings() != hearings) {
            return;
        }
        pages.asMap()
                .compute(
                        page.jobId(),
                        (id, kept) -> page.version() >= live.newestVersion(id)
                                        && (kept == null || page.version() >= kept.version())
                                ? page
                                : kept);
    }

    @Override
    public void superseded(long jobId, long version) {
        pages.asMap().computeIfPresent(jobId, (id, kept) -> kept.version() < version ? null : kept);
    }

    @Override
    public void everything() {
        pages.invalidateAll();
    }
}
