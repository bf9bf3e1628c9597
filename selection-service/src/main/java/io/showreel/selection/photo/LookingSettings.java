package io.showreel.selection.photo;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How photos are looked at.
 *
 * @param bound for all photos of one campaign; part of what a whole selection may take
 * @param parallelism how many photos are fetched and decoded at a time, over all selections
 * @param mostPixels of a photo that is decoded at all, a row at a time
 * @param mostPixelsAtOnce of a photo that can only be decoded as a whole, which WebP is: 4 bytes of heap each
 * @param remembered how many photos are remembered, about 15 kB each; a campaign seen before costs no decoding
 * @param sheets how much of contact sheets is remembered
 */
@ConfigurationProperties("selection.looking")
public record LookingSettings(
        @DefaultValue("30s") Duration bound,
        @DefaultValue("2") int parallelism,
        @DefaultValue("60000000") long mostPixels,
        @DefaultValue("8000000") long mostPixelsAtOnce,
        @DefaultValue("1500") int remembered,
        @DefaultValue("16MB") DataSize sheets) {}
