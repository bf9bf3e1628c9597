package io.showreel.web;

import java.text.Normalizer;

/** Makes the names that people's computers give to files fit for headers and other people's disks. */
public final class FileNames {

    private static final int LONGEST = 200;

    private FileNames() {}

    /** Without folders, control and direction-changing characters, quotes or what file systems reserve. */
    public static String harmless(String given) {
        var normal = Normalizer.normalize(given, Normalizer.Form.NFC);
        var bare = normal.substring(Math.max(normal.lastIndexOf('/'), normal.lastIndexOf('\\')) + 1);
        var visible = bare.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]", "")
                .replaceAll("[\"<>|:*?]", "_")
                .strip();
        var undotted = visible.replaceAll("^\\.+", "");
        if (undotted.isEmpty()) {
            return "unnamed";
        }
        return undotted.codePointCount(0, undotted.length()) <= LONGEST
                ? undotted
                : undotted.substring(0, undotted.offsetByCodePoints(0, LONGEST));
    }
}
