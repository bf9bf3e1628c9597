package io.showreel.render.model;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/** @param catalogue of the models, in the form of {@code models.json}: prices change more often than this program */
@ConfigurationProperties("showreel.models")
record ModelSettings(@DefaultValue("classpath:models.json") Resource catalogue) {}
