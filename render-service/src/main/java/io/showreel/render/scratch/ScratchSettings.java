package io.showreel.render.scratch;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** @param folder where photos and outputs lie while they are worked on; instances on one machine may share it */
@Validated
@ConfigurationProperties("showreel.scratch")
record ScratchSettings(@NotNull Path folder) {}
