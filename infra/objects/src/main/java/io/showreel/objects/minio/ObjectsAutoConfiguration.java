package io.showreel.objects.minio;

import io.showreel.objects.ObjectStore;
import io.showreel.objects.ObjectStoreSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Gives a service its {@link ObjectStore}; nothing is contacted before the first use. */
@AutoConfiguration
@EnableConfigurationProperties(ObjectStoreSettings.class)
public class ObjectsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(ObjectStore.class)
    MinioObjectStore objectStore(ObjectStoreSettings settings) {
        return new MinioObjectStore(settings);
    }
}
