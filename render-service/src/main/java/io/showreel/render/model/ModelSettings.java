package io.showreel.render.model;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * @param catalogue of the models, in the form of {@code models.json}: prices change more often than this program
 * @param fallbacks what renders a take while the model that it asks for fails again and again, by that model's name;
 *     one without an entry is waited for
 */
@ConfigurationProperties("showreel.models")
record ModelSettings(
        @DefaultValue("classpath:models.json") Resource catalogue,
        @DefaultValue Map<String, String> fallbacks) {}
