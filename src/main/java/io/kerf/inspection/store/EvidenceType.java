package io.kerf.inspection.store;

import java.util.Arrays;

/** What kind of image a file of evidence is, told by its first bytes and not by what a caller says. */
enum EvidenceType {
  JPEG("image/jpeg", "jpg", 0xff, 0xd8, 0xff),
  PNG("image/png", "png", 0x89, 'P', 'N', 'G'),
  BMP("image/bmp", "bmp", 'B', 'M'),
  TIFF_LITTLE_ENDIAN("image/tiff", "tif", 'I', 'I', 42, 0),
  TIFF_BIG_ENDIAN("image/tiff", "tif", 'M', 'M', 0, 42),
  OTHER("application/octet-stream", "bin");

  private final String mediaType;
  private final String extension;
  private final byte[] magic;

  EvidenceType(String mediaType, String extension, int... magic) {
    this.mediaType = mediaType;
    this.extension = extension;
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  static EvidenceType of(byte[] image) {
    return Arrays.stream(values()).filter(type -> type.begins(image)).findFirst().orElse(OTHER);
  }

  static EvidenceType ofMediaType(String mediaType) {
    return Arrays.stream(values()).filter(type -> type.mediaType.equals(mediaType)).findFirst().orElse(OTHER);
  }

  String mediaType() {
    return mediaType;
  }

  String extension() {
    return extension;
  }

  private boolean begins(byte[] image) {
    return image.length >= magic.length && Arrays.equals(image, 0, magic.length, magic, 0, magic.length);
  }
}
