#include "base/files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "base/hash.h"

namespace nakawari {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("nakawari-files-" + std::to_string(::getpid()) + "-" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override {
    fs::permissions(folder_, fs::perms::owner_all);
    fs::remove_all(folder_);
  }
  [[nodiscard]] std::string at(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] int entries() const {
    return static_cast<int>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(Files, ComeBackAsWritten) {
  for (const std::string text : {"", "a", "line\nline\n"}) {
    ASSERT_TRUE(write_text(at("new/deep/x.txt"), text));
    EXPECT_EQ(*read_text(at("new/deep/x.txt")), text);
  }
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "new/deep"), fs::directory_iterator()), 1);
}

TEST_F(Files, TextLosesItsByteOrderMark) {
  ASSERT_TRUE(write_text(at("x"), "\xEF\xBB\xBFhana"));
  EXPECT_EQ(*read_text(at("x")), "hana");
  EXPECT_EQ(read_file(at("x"))->size(), 7U);
}

TEST_F(Files, EqualContentIsLeftUntouched) {
  ASSERT_TRUE(write_text(at("x"), "same"));
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(5);
  fs::last_write_time(at("x"), long_ago);
  const auto before = fs::last_write_time(at("x"));
  ASSERT_TRUE(write_text(at("x"), "same"));
  EXPECT_EQ(fs::last_write_time(at("x")), before);
  ASSERT_TRUE(write_text(at("x"), "diff"));
  EXPECT_NE(fs::last_write_time(at("x")), before);
}

TEST_F(Files, RightsOfTheOldFileStay) {
  ASSERT_TRUE(write_text(at("x"), "one"));
  fs::permissions(at("x"), fs::perms(0640));
  ASSERT_TRUE(write_text(at("x"), "two"));
  EXPECT_EQ(fs::status(at("x")).permissions(), fs::perms(0640));
}

TEST_F(Files, ALinkIsWrittenThrough) {
  ASSERT_TRUE(write_text(at("real"), "one"));
  fs::create_symlink("real", at("link"));
  ASSERT_TRUE(write_text(at("link"), "two"));
  EXPECT_TRUE(fs::is_symlink(at("link")));
  EXPECT_EQ(*read_text(at("real")), "two");
}

TEST_F(Files, MissingAndFoldersAreToldApart) {
  EXPECT_EQ(read_file(at("none")).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_file(folder_.string()).error().code, ErrorCode::io);
  EXPECT_EQ(write_text(folder_.string(), "x").error().code, ErrorCode::io);
  EXPECT_EQ(write_text("", "x").error().code, ErrorCode::wrong_use);
  EXPECT_EQ(write_text(at("file"), "x").has_value(), true);
  EXPECT_EQ(write_text(at("file/below"), "x").error().code, ErrorCode::io);
  EXPECT_EQ(entries(), 1);
}

/// A disk that fills up: no file may grow beyond `limit` bytes while this lives.
class FullDisk {
 public:
  explicit FullDisk(rlim_t limit) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit low{limit, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &low);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, handler_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit old_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(Files, AFullDiskLeavesTheOldFileWhole) {
  ASSERT_TRUE(write_text(at("x"), "the old words"));
  const std::string big(100'000, 'n');
  {
    const FullDisk full(4096);
    const auto got = write_text(at("x"), big);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().code, ErrorCode::io);
    EXPECT_EQ(got.error().where.file, at("x"));
  }
  EXPECT_EQ(*read_text(at("x")), "the old words");
  EXPECT_EQ(entries(), 1) << "the temporary file is left behind";
}

TEST_F(Files, AReadOnlyFolderLeavesTheOldFileWhole) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may write anywhere";
  ASSERT_TRUE(write_text(at("x"), "the old words"));
  fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
  const auto got = write_text(at("x"), "new");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code, ErrorCode::io);
  EXPECT_EQ(*read_text(at("x")), "the old words");
}

TEST(Hash, IsThatOfXxh3) {
  // The empty input's digest as the algorithm's own documentation gives it.
  EXPECT_EQ(hash_of(std::string_view()).hex(), "99aa06d3014798d86001c324468d497f");
  EXPECT_NE(hash_of("a"), hash_of("b"));
  EXPECT_EQ(hash_of("a").hex().size(), 32U);
}

TEST(Hash, CombineKeepsOrder) {
  const Hash a = hash_of("a"), b = hash_of("b");
  EXPECT_NE(combine(a, b), combine(b, a));
  EXPECT_EQ(combine(a, b), combine(a, b));
  EXPECT_NE(combine(a, b), a);
}

}  // namespace
}  // namespace nakawari
