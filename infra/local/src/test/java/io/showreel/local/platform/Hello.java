package io.showreel.local.platform;

/** A small program to be trained. */
final class Hello {

    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("Hello");
    }
}
