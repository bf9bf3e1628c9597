package io.showreel.gateway.rest;

import io.showreel.gateway.job.Jobs;
import io.showreel.gateway.job.StoredJob;
import io.showreel.gateway.live.LiveJobs;
import io.showreel.gateway.live.NewestOfJobs;
import io.showreel.web.MediaLinks;
import io.showreel.web.WebJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The bytes that polls are answered with. */
@Component
class Pages {

    private static final long WEIGHT = 64L * 1024 * 1024;

    private final NewestOfJobs<Page> pages;
    private final Jobs jobs;
    private final Portrait portrait;
    private final MediaLinks links;

    Pages(Jobs jobs, LiveJobs live, Portrait portrait, MediaLinks links) {
        this.pages = new NewestOfJobs<>(live, WEIGHT, page -> page.bytes().length + 200, Page::version);
        this.jobs = jobs;
        this.portrait = portrait;
        this.links = links;
    }

    /** The page if it is at hand and new. */
    @Nullable
    Page cached(long jobId) {
        var page = pages.atHand(jobId);
        return page != null && page.expiry() == expiry() ? page : null;
    }

    Mono<Page> page(long jobId) {
        return pages.get(jobId, id -> jobs.find(id).map(this::draw))
                // Links in it end with a day; one that was drawn yesterday is drawn anew.
                .flatMap(page -> page.expiry() == expiry()
                        ? Mono.just(page)
                        : jobs.find(jobId).map(this::draw));
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
}
