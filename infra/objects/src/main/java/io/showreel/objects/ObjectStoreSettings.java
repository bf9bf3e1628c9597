package io.showreel.objects;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the object store is and how long to wait for it.
 *
 * @param endpoint base address of the S3 API
 * @param accessKey name of the account
 * @param secretKey its secret; never logged
 * @param bucket where all objects are kept; made at the first use if it is missing
 * @param region set it to spare the client from asking for it
 * @param connectTimeout how long to wait for a connection
 * @param readTimeout how long to wait for the next bytes
 */
@ConfigurationProperties("showreel.objects")
public record ObjectStoreSettings(
        @DefaultValue("http://localhost:9000") URI endpoint,
        @DefaultValue("showreel") String accessKey,
        @DefaultValue("showreel-secret") String secretKey,
        @DefaultValue("showreel") String bucket,
        @DefaultValue("us-east-1") @Nullable String region,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout) {

    @Override
    public String toString() {
        return "ObjectStoreSettings[endpoint=" + endpoint + ", accessKey=" + accessKey + ", secretKey=***, bucket="
                + bucket + "]";
    }
}
