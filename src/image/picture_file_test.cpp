#include "image/picture_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "image/test_pictures.h"

namespace nakawari {
namespace {

using testing_pictures::random_picture;

TEST(PictureFile, FormatIsThatOfTheEnding) {
  EXPECT_EQ(*format_of("A/A0001.PNG"), PictureFormat::png);
  EXPECT_EQ(*format_of("x.TgA"), PictureFormat::tga);
  EXPECT_EQ(*format_of("x.tif"), PictureFormat::tiff);
  EXPECT_EQ(*format_of("x.tiff"), PictureFormat::tiff);
  for (const char* path : {"x", "x.", "x.jpg", "folder.png/x", "", "png", "x.png "}) {
    ASSERT_FALSE(format_of(path)) << path;
    EXPECT_EQ(format_of(path).error().code, ErrorCode::wrong_use);
  }
}

TEST(PictureFile, ComesBackThroughTheDiskInEveryFormat) {
  const auto folder =
      std::filesystem::path(testing::TempDir()) / ("nakawari-pictures-" + std::to_string(::getpid()));
  const Raster picture = random_picture(1, {40, false, false});
  for (const char* name : {"x.png", "x.tga", "x.tif"}) {
    const std::string path = (folder / name).string();
    ASSERT_TRUE(write_picture(path, picture));
    const auto again = read_picture(path);
    ASSERT_TRUE(again) << again.error().one_line();
    EXPECT_EQ(*again, picture) << name;
  }
  EXPECT_EQ(read_picture((folder / "none.png").string()).error().code, ErrorCode::not_found);
  std::filesystem::remove_all(folder);
}

TEST(PictureFile, WhatIsNoPictureIsSaidSo) {
  const std::string text = "# a note, not a drawing\n";
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  const auto got = decode_picture(bytes, "note.txt");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::bad_input);
  EXPECT_THAT(got.error().message, testing::HasSubstr("not a PNG, TGA or TIFF"));
  EXPECT_THAT(decode_picture(bytes, "note.tga").error().message, testing::HasSubstr("TGA"));
  EXPECT_FALSE(decode_picture({}, "empty.png"));
}

TEST(PictureFile, AnEmptyPictureIsNotWritten) {
  for (const auto format : {PictureFormat::png, PictureFormat::tga, PictureFormat::tiff}) {
    ASSERT_FALSE(encode_picture(Raster(), format));
    EXPECT_EQ(encode_picture(Raster(), format).error().code, ErrorCode::wrong_use);
  }
}

}  // namespace
}  // namespace nakawari
