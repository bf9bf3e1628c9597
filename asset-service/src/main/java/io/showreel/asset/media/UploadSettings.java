package io.showreel.asset.media;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What may be uploaded.
 *
 * @param maxImage the largest image
 * @param maxVideo the largest video
 * @param maxAudio the largest audio file
 * @param maxSide the most pixels that a picture may be wide or high
 * @param maxPixels the most pixels that a picture may have
 * @param thumbnailsAfter the pause in uploads after which thumbnails are made that nobody asked for; each waits twenty
 *     times as long at most
 * @param folder where files wait until they are complete; one beside the system's temporary files if not given
 */
@ConfigurationProperties("showreel.uploads")
record UploadSettings(
        @DefaultValue("50MB") DataSize maxImage,
        @DefaultValue("2GB") DataSize maxVideo,
        @DefaultValue("200MB") DataSize maxAudio,
        @DefaultValue("16000") int maxSide,
        @DefaultValue("60000000") long maxPixels,
        @DefaultValue("3s") Duration thumbnailsAfter,
        Path folder) {

    UploadSettings {
        folder = folder == null ? Path.of(System.getProperty("java.io.tmpdir"), "showreel-uploads") : folder;
    }

    long limitFor(AssetType type) {
        return switch (type) {
            case IMAGE -> maxImage.toBytes();
            case VIDEO -> maxVideo.toBytes();
            case AUDIO -> maxAudio.toBytes();
        };
    }
}
