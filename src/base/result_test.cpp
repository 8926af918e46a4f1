#include "base/result.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

TEST(Error, OneLineNamesPlaceFaultAndMend) {
  const Error error{ErrorCode::bad_input,
                    "the picture ends too early",
                    "save it again",
                    {.file = "A/A0001.png", .byte = 812}};
  EXPECT_EQ(error.one_line(), "A/A0001.png, byte 812: the picture ends too early (save it again)");
}

TEST(Error, OneLineStaysOneLine) {
  const Error error{ErrorCode::io, "first\nsecond", "", {}};
  EXPECT_EQ(error.one_line(), "first second");
}

}  // namespace
}  // namespace nakawari
