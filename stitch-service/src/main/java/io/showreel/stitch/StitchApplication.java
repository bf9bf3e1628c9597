package io.showreel.stitch;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts stitch-service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StitchApplication {

    public static void main(String[] args) {
        SpringApplication.run(StitchApplication.class, args);
    }
}
