package io.showreel.gateway.video;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How films, clips and their pictures get to clients.
 *
 * @param delivery through the gateway, or from the object store itself (for a CDN or a public bucket)
 * @param redirectValidity how long an address of the object store works
 * @param folder of this replica alone, where they are kept at hand; a temporary one that is not kept for longer than the
 *     process if none is given
 * @param most how much it may hold; what is larger comes straight from the object store
 */
@ConfigurationProperties("showreel.films")
public record FilmSettings(
        @DefaultValue("stream") Delivery delivery,
        @DefaultValue("1h") Duration redirectValidity,
        @Nullable Path folder,
        @DefaultValue("2GB") DataSize most) {

    public enum Delivery {
        STREAM,
        REDIRECT
    }
}
