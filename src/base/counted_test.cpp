#include "base/counted.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

TEST(Counted, OnlyOneIsSingular) {
  EXPECT_EQ(counted(0, "frame"), "0 frames");
  EXPECT_EQ(counted(1, "frame"), "1 frame");
  EXPECT_EQ(counted(2, "frame"), "2 frames");
}

}  // namespace
}  // namespace nakawari
