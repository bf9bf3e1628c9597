package io.showreel.selection;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The selection service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SelectionApplication {

    public static void main(String... args) {
        SpringApplication.run(SelectionApplication.class, args);
    }
}
