package io.showreel.gateway.campaign;

import io.showreel.gateway.job.Material;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** The campaigns, which another service keeps. */
public interface Campaigns {

    /** A campaign and its images, as a selection may use them; empty if there is no such campaign. */
    Mono<Material> material(UUID campaignId);
}
