// Every picture that a fuzzer found worth keeping, whole and cut short.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <gtest/gtest.h>

#include "image/fuzz_targets.h"

namespace nakawari {
namespace {

class PictureReplay : public ::testing::TestWithParam<const char*> {};

TEST_P(PictureReplay, Corpus) {
  const std::string folder = std::string(NAKAWARI_SOURCE_DIR) + "/src/image/corpus/" + GetParam();
  int replayed = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t part = 1; part <= 8; ++part)
      EXPECT_NO_THROW(fuzz::picture(std::span(bytes).first(bytes.size() * part / 8))) << file.path();
    ++replayed;
  }
  EXPECT_GE(replayed, 2) << folder;
}

INSTANTIATE_TEST_SUITE_P(Image, PictureReplay, ::testing::Values("png", "tga", "tiff"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace nakawari
