#include "cut/cut_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nakawari {
namespace {

using testing::HasSubstr;

TEST(CutFile, AnEmptyFileIsACut) {
  const auto cut = read_cut_file("", "cut.toml", "c001");
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->id, "c001");
  EXPECT_TRUE(cut->cels.empty());
  EXPECT_TRUE(cut->output.video);
  EXPECT_TRUE(cut->voice.empty());
}

TEST(CutFile, ReadsWhatItsHeaderShows) {
  const auto cut = read_cut_file(R"([cut]
id = "c012"
fps = 12
size = [640, 480]
voice = "voice/a.wav"
variant = "night"
[[cel]]
name = "BG"
image = "BG/bg.png"
[[cel]]
name = "A"
drawings = "A/A####"
model = "model/hana.toml"
model_picture = "model/hana.png"
[output]
prores = true
smooth = true
paper = "#102030"
[cost]
douga_yen = 300
)",
                                 "cut.toml", "folder");
  ASSERT_TRUE(cut) << cut.error().one_line();
  EXPECT_EQ(cut->id, "c012");
  EXPECT_EQ(cut->fps, 12);
  EXPECT_EQ(cut->width, 640);
  EXPECT_EQ(cut->voice, "voice/a.wav");
  ASSERT_EQ(cut->cels.size(), 2U);
  EXPECT_EQ(cut->cels[0].image, "BG/bg.png");
  EXPECT_EQ(cut->cels[1].painted, "A/paint");
  EXPECT_EQ(cut->cels[1].model_picture, "model/hana.png");
  EXPECT_TRUE(cut->output.prores && cut->output.smooth);
  EXPECT_EQ(cut->output.paper, (Rgba8{0x10, 0x20, 0x30, 255}));
  EXPECT_EQ(cut->cost.values.at("douga_yen"), 300);
  EXPECT_TRUE(cut->notes.empty());
}

TEST(CutFile, ATypingMistakeIsTold) {
  const auto cut = read_cut_file("[cut]\nfsp = 24\n", "cut.toml", "c");
  ASSERT_TRUE(cut);
  ASSERT_EQ(cut->notes.size(), 1U);
  EXPECT_EQ(cut->notes[0].where.line, 2);
}

TEST(CutFile, EveryErrorNamesFileAndLine) {
  struct Case {
    const char* text;
    long line;
    const char* says;
  };
  for (const Case& c : {Case{"[cut\n", 1, ""},
                        {"[cut]\nfps = \"fast\"\n", 2, "fps"},
                        {"[cut]\nfps = -1\n", 2, "fps"},
                        {"[cut]\nsize = [10]\n", 2, "size"},
                        {"[cut]\nsheet = \"../s.xdts\"\n", 2, ""},
                        {"[cut]\nvoice = \"/etc/x.wav\"\n", 2, ""},
                        {"cut = 5\n", 1, "cut"},
                        {"[[cel]]\nname = 5\n", 2, "name"},
                        {"[[cel]]\nname = \"../A\"\n", 2, ""},
                        {"[[cel]]\nname = \"frames\"\n", 2, "frames"},
                        {"[[cel]]\nname = \"A\"\nimage = \"a.png\"\ndrawings = \"A/A####\"\n", 4, "image"},
                        {"[[cel]]\nname = \"A\"\n[[cel]]\nname = \"A\"\n", 4, "two cels"},
                        {"[[cel]]\nname = \"A\"\nmodel_picture = \"m.png\"\n", 3, "model"},
                        {"[output]\npaper = \"white\"\n", 2, "colour"},
                        {"[output]\npaper = \"#12345\"\n", 2, "colour"},
                        {"[output]\npaper = \"#12345g\"\n", 2, "colour"},
                        {"[output]\nvideo = \"yes\"\n", 2, "video"},
                        {"[cost]\ndouga_yen = \"much\"\n", 2, ""}}) {
    const auto cut = read_cut_file(c.text, "cut.toml", "c");
    ASSERT_FALSE(cut) << c.text;
    EXPECT_EQ(cut.error().code, ErrorCode::bad_input);
    EXPECT_EQ(cut.error().where.file, "cut.toml");
    EXPECT_EQ(cut.error().where.line, c.line) << c.text;
    EXPECT_THAT(cut.error().message, HasSubstr(c.says));
  }
}

TEST(CutFile, AnIdThatIsNotUsualIsRemarkedWhateverItsLength) {
  const auto remarked = [](const std::string& id) {
    const auto cut = read_cut_file("[cut]\nid = \"" + id + "\"\n", "cut.toml", "c");
    EXPECT_TRUE(cut) << id;
    return cut && !cut->notes.empty();
  };
  const std::string digits(1'000'000, '1');
  for (const std::string& id : {std::string("c012"), std::string("12A"), std::string("7"), digits})
    EXPECT_FALSE(remarked(id)) << id.substr(0, 9);
  for (const std::string& id : {std::string("c"), std::string("A"), std::string("cA"), std::string("12AB"),
                                std::string("cut 1"), digits + "-"})
    EXPECT_TRUE(remarked(id)) << id.substr(0, 9);
}

TEST(CutFile, PathsStayInside) {
  for (const char* path : {"a", "a/b", "a..b/c", "..a", "a/...", ""}) EXPECT_TRUE(stays_inside(path)) << path;
  for (const char* path : {"/a", "..", "../a", "a/../../b", "a/.."}) EXPECT_FALSE(stays_inside(path)) << path;
}

}  // namespace
}  // namespace nakawari
