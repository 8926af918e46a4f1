// nakawari_face_bench: faces beside holding and straight lines, mouths beside a column by hand.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>

#include "bench/face/face_talk.h"

using namespace nakawari;
using namespace nakawari::bench;

namespace {

int complain(const Error& error) {
  fmt::print(stderr, "{}\n", error.one_line());
  return 2;
}

void print_mouth(const char* name, const Result<MouthResult>& r) {
  if (!r)
    fmt::print("{:<14}{}\n", name, r.error().one_line());
  else
    fmt::print("{:<14}{}/{} boundaries within one drawing ({:.0f} %), open in silence {:.1f} %\n", name,
               r->found, r->boundaries, 100.0 * r->found / std::max(1, r->boundaries),
               100 * r->open_in_silence / std::max(1.0, r->silence));
}

}  // namespace

int main(int count, char** words) {
  std::string talk, data, heads, kana = "おはよう。えっ、うそ…あはは、うれしい", dump;
  int gap = 1, stride = 1, on = 2, every = 0;
  if (count == 2 && std::strcmp(words[1], "--load") == 0) {
    const auto text = load_text();
    if (!text) return complain(text.error());
    fmt::print("{}", *text);
    return 0;
  }
  for (int k = 1; k + 1 < count; k += 2) {
    const std::string option = words[k];
    if (option == "--talk")
      talk = words[k + 1];
    else if (option == "--sequence")
      data = words[k + 1];
    else if (option == "--heads")
      heads = words[k + 1];
    else if (option == "--kana")
      kana = words[k + 1];
    else if (option == "--dump")
      dump = words[k + 1];
    else if (option == "--gap")
      gap = std::atoi(words[k + 1]);
    else if (option == "--stride")
      stride = std::max(1, std::atoi(words[k + 1]));
    else if (option == "--cases")
      every = std::atoi(words[k + 1]);
    else if (option == "--on")
      on = std::max(1, std::atoi(words[k + 1]));
    else
      return fmt::print(stderr,
                        "--talk DIR | --sequence DIR --gap G --stride N | --heads DIR | --load; --dump DIR; "
                        "--cases 1\n"),
             1;
  }
  if (!data.empty()) {
    std::string cases;
    const auto table = sequence_table(data, gap, stride, dump, every > 0 ? &cases : nullptr);
    if (!table) return complain(table.error());
    fmt::print("{}", cases);
    fmt::print("{} gap {}\n{}", data, gap, table_text(*table));
  }
  if (!heads.empty()) {
    const auto table = heads_table(heads);
    if (!table) return complain(table.error());
    fmt::print("{}\n{}", heads, table_text(*table));
  }
  if (talk.empty()) return 0;
  for (const char* cel : {"eyes", "mouth"}) {
    const auto sheet = sheet_result(talk, cel, dump);
    if (!sheet) return complain(sheet.error());
    fmt::print("{}: {}/{} drawings reproduced to the pixel; {} strokes blended, {:.1f} ms a mixture\n", cel,
               sheet->exact, sheet->samples, sheet->strokes, sheet->mixture_ms);
    fmt::print("half-weights\n{}left out\n{}", table_text(sheet->halves), table_text(sheet->left_out));
  }
  for (const double noise : {0.0, 30.0, 20.0, 10.0}) {
    if (noise > 0) fmt::print("white noise {:.0f} dB below the speech\n", noise);
    print_mouth("voice + kana", mouth_result(talk, kana, MouthMode::kana, on, noise));
    print_mouth("vowels", mouth_result(talk, kana, MouthMode::vowels, on, noise));
    print_mouth("voice only", mouth_result(talk, kana, MouthMode::loudness, on, noise));
  }
  fmt::print("three mouths   {}", three_mouths_text(6000));
  return 0;
}
