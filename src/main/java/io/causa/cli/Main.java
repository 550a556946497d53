package io.causa.cli;

final class Main {
  public static void main(String[] args) {}
}
