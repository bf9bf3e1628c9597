package io.showreel.gateway.video;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where films are kept at hand.
 *
 * @param folder of this replica alone; a temporary one that is not kept for longer than the process if none is given
 * @param most how much it may hold
 */
@ConfigurationProperties("showreel.films")
public record FilmSettings(
        @Nullable Path folder, @DefaultValue("2GB") DataSize most) {}
